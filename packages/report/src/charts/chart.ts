import type { EChartsOption } from 'echarts'

/** A chart as data: what it shows, for a wide and for a narrow page. */
export interface Chart {
  /** Unique in the page; letters, digits and hyphens. */
  readonly id: string
  /** What it shows, for those who can't see it. */
  readonly label: string
  /** In pixels. */
  readonly height: number
  readonly narrowHeight?: number
  /** Whether two of them stand side by side on a wide page. */
  readonly half?: boolean
  /** @param narrow Whether it is drawn on a phone. */
  option(narrow: boolean): EChartsOption
}
