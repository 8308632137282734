/** Windows of rows, as a prepared fold holds them and `applyPreprocess` of @rondo/dataset lays out new rows. */
export interface Windows {
  /** `[rows, features]`, row after row, scaled as in training. */
  readonly series: Float32Array
  readonly features: number
  /** Steps of a window. */
  readonly window: number
  /** The first row of each window. */
  readonly starts: Int32Array
  /** For each window the steps that its sequence has, where they differ. */
  readonly lengths?: Int32Array
}
