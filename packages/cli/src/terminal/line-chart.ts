import { number } from './quantities.ts'

/** A curve to draw. */
export interface ChartSeries {
  readonly name: string
  /** One character. */
  readonly mark: string
  /** The value of each epoch, from the first; NaN is a gap. */
  readonly values: readonly number[]
}

/** What {@link lineChart} draws. */
export interface LineChart {
  readonly series: readonly ChartSeries[]
  /** Epochs that the axis spans; those not reached yet stay empty. */
  readonly epochs: number
  /** Characters of a line, axis included. */
  readonly width: number
  /** Rows of the curves. */
  readonly height: number
}

/** Between values that differ by more than this factor only a logarithmic axis shows both. */
const LOG_ABOVE = 20

/**
 * Curves by epoch, drawn with characters, later series over earlier ones. The axis is logarithmic where positive values
 * differ by more than a factor of 20. No line where nothing is finite, or
 * where one epoch makes no curve.
 */
export function lineChart({ series, epochs, width, height }: LineChart): readonly string[] {
  const finite = series.flatMap(({ values }) => values.filter(Number.isFinite))
  if (finite.length === 0 || epochs < 2) return []
  const [low, high] = [Math.min(...finite), Math.max(...finite)]
  const log = low > 0 && high / low > LOG_ABOVE
  const labels = [number(high), number(low)]
  const margin = Math.max(...labels.map((label) => label.length))
  const columns = Math.max(10, width - margin - 2)
  const rowOf = rowScale(low, high, height, log)
  const cells = Array.from({ length: height }, () => new Array<string>(columns).fill(' '))
  for (const { mark, values } of series) {
    for (let column = 0; column < columns; column++) {
      const value = valueAt(values, (column * (epochs - 1)) / (columns - 1))
      if (Number.isFinite(value)) cells[rowOf(value)]![column] = mark
    }
  }
  const lines = cells.map((row, i) => {
    const label = i === 0 ? labels[0]! : i === height - 1 && high > low ? labels[1]! : ''
    return `${label.padStart(margin)} ${label === '' ? '│' : '┤'}${row.join('')}`.trimEnd()
  })
  const last = String(epochs)
  const legend = series.map(({ name, mark }) => `${mark} ${name}`).join('   ')
  const middle = `${legend}${log ? '   (logarithmic)' : ''}`
  return [
    ...lines,
    `${' '.repeat(margin)} └${'─'.repeat(columns)}`,
    `${' '.repeat(margin + 2)}1${centred(middle, columns - 1 - last.length)}${last}`,
  ]
}

/** The value at an epoch counted from 0, between two epochs in proportion; NaN beyond the last. */
function valueAt(values: readonly number[], epoch: number): number {
  if (values.length === 0 || epoch > values.length - 1 + 1e-9) return Number.NaN
  const before = Math.min(values.length - 1, Math.floor(epoch + 1e-9))
  const share = Math.max(0, epoch - before)
  const from = values[before]!
  return share < 1e-9 ? from : (1 - share) * from + share * values[before + 1]!
}

/** The row of a value. Halves, so that the span of the largest numbers is still finite. */
function rowScale(low: number, high: number, height: number, log: boolean): (value: number) => number {
  const half = (value: number): number => (log ? Math.log(value) : value) / 2
  const span = half(high) - half(low)
  return (value) => {
    const row = span === 0 ? 0 : Math.round(((half(high) - half(value)) / span) * (height - 1))
    return Math.min(height - 1, Math.max(0, row))
  }
}

function centred(text: string, width: number): string {
  const left = Math.max(1, Math.floor((width - text.length) / 2))
  return `${' '.repeat(left)}${text.slice(0, width - left)}`.padEnd(width)
}
