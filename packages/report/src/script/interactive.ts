/**
 * Runs in the page, after ECharts: puts a live chart in the place of each drawn one, and another when the page becomes
 * narrow or wide. Colours are variables of the page, which SVG takes as they are. Where anything fails, what was drawn stays.
 */
export const INTERACTIVE_SCRIPT = `
(() => {
  const phone = matchMedia('(max-width: 560px)')
  const live = new Map()
  const show = (figure) => {
    const options = JSON.parse(figure.querySelector('script').textContent)
    live.get(figure)?.dispose()
    figure.querySelector('.live')?.remove()
    const place = document.createElement('div')
    place.className = 'live'
    place.style.height = (phone.matches ? figure.dataset.narrowHeight : figure.dataset.height) + 'px'
    figure.append(place)
    const chart = echarts.init(place, null, { renderer: 'svg' })
    chart.setOption(options[phone.matches ? 1 : 0])
    live.set(figure, chart)
    figure.classList.add('is-live')
  }
  const figures = [...document.querySelectorAll('figure.chart')]
  const showAll = () => figures.forEach((figure) => { if (figure.offsetWidth > 0) show(figure) })
  phone.addEventListener('change', showAll)
  addEventListener('resize', () => live.forEach((chart) => chart.resize()))
  addEventListener('toggle', showAll, true)
  showAll()
})()
`
