import type { EChartsOption } from 'echarts'

/** Colours are the page's own variables, so that a chart turns dark with the page. */
export const COLOUR = {
  text: 'var(--text)',
  muted: 'var(--muted)',
  line: 'var(--line)',
  faint: 'var(--faint)',
  accent: 'var(--accent)',
  accentSoft: 'var(--accent-soft)',
  second: 'var(--second)',
  bad: 'var(--bad)',
  background: 'var(--background)',
} as const

const FONT = 'system-ui, sans-serif'

/** What all charts share. */
export const baseOption = (narrow: boolean): EChartsOption => ({
  animation: false,
  textStyle: { fontFamily: FONT, color: COLOUR.text },
  grid: { left: 8, right: narrow ? 14 : 24, top: 34, bottom: 30, containLabel: true },
  tooltip: {
    trigger: 'item',
    confine: true,
    backgroundColor: COLOUR.background,
    borderColor: COLOUR.line,
    textStyle: { color: COLOUR.text, fontSize: 12 },
    extraCssText: 'white-space: pre-line; max-width: 320px; box-shadow: none;',
    formatter: '{b}',
  },
})

/**
 * A value axis without a frame.
 *
 * @param formatter A template of its labels, such as `{value} %`; a function could not be written into the page.
 */
export const axis = (name: string, vertical: boolean, formatter?: string): object => ({
  name,
  nameLocation: vertical ? 'end' : 'middle',
  nameGap: vertical ? 12 : 26,
  nameTextStyle: { color: COLOUR.muted, fontSize: 12, align: vertical ? 'left' : 'center' },
  axisLabel: {
    color: COLOUR.muted,
    fontSize: 12,
    hideOverlap: true,
    ...(formatter && { formatter }),
  },
  axisLine: { show: !vertical, lineStyle: { color: COLOUR.line } },
  axisTick: { show: false },
  splitLine: { show: vertical, lineStyle: { color: COLOUR.line } },
})

/** The legend above a chart. */
export const legend = (names: readonly string[]): object => ({
  data: [...names],
  top: 0,
  right: 0,
  itemWidth: 16,
  itemHeight: 8,
  textStyle: { color: COLOUR.muted, fontSize: 12 },
})
