import { init } from 'echarts'
import type { Chart } from './chart.ts'

/** Widths at which charts are drawn, in pixels; the page scales them to the width that it has. */
const WIDE = 880
const HALF = 420
const NARROW = 350

/** Draws a chart as an SVG element, for pages without scripts, for print, and until the script has run. */
export function renderSvg(chart: Chart, narrow: boolean): string {
  const height = narrow ? (chart.narrowHeight ?? chart.height) : chart.height
  const width = narrow ? NARROW : chart.half ? HALF : WIDE
  const drawn = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    drawn.setOption(chart.option(narrow))
    return tidy(drawn.renderToSVGString(), `${chart.id}-${narrow ? 'narrow' : 'wide'}`)
  } finally {
    // Without it the process would stay alive.
    drawn.dispose()
  }
}

/**
 * Leaves out what only serves hovering, and names clip paths by the chart: the renderer counts them over the life of the
 * process, and the same report is to be the same text.
 */
function tidy(svg: string, id: string): string {
  return svg
    .replace(/<style\s*>[\s\S]*?<\/style>\s*/g, '')
    .replace(/ class="zr\d+-cls-\d+"/g, '')
    .replace(/ ecmeta_\w+="[^"]*"/g, '')
    .replace(/ pointer-events="visible"/g, '')
    .replace(/(url\(#|id=")zr\d+-/g, `$1${id}-`)
    .replace(/^<svg width="\d+" height="\d+" /, '<svg aria-hidden="true" ')
}
