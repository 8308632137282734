import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  adviceRules,
  advise,
  candidatesOf,
  correctedScore,
  importance,
  observationsOf,
  trainingRunOf,
} from '@rondo/analysis'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { echartsScript, renderReport, reportOf } from '../src/index.ts'
import { gates, simulatedStudy } from './simulated-study.ts'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const where =
  CHROMIUM === undefined ? 'skipped: no Chromium is installed; apt-get install chromium' : CHROMIUM

describe.skipIf(CHROMIUM === undefined)(`in a browser (${where})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rondo-report-'))
  let browser: Browser

  beforeAll(async () => {
    const { reading, events } = await simulatedStudy(40)
    const { state } = reading
    const { seed, objective } = state.spec
    const run = trainingRunOf(events, state, state.best!.number)
    const data = reportOf(reading, {
      corrected: correctedScore(candidatesOf(state), {
        seed,
        objective,
        configurations: state.trials.length,
      }),
      importance: importance(state.space, observationsOf(state), { seed, objective }),
      advice: advise(adviceRules, run),
      training: run.epochs,
      gates: gates(2, 1),
      validationBaselines: [{ name: 'ridge', value: 361 }],
      forecast: { target: 'births', labels: ['1', '2', '3'], actual: [1, 2, 3], predicted: [1.1, 2.2, 2.9] },
    })
    writeFileSync(join(folder, 'drawn.html'), renderReport(data))
    const echarts = readFileSync(echartsScript, 'utf8')
    writeFileSync(join(folder, 'live.html'), renderReport(data, { echarts }))
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] })
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function open(
    file: 'drawn' | 'live',
    { width = 1100, colorScheme = 'light' as 'light' | 'dark', javaScriptEnabled = true } = {},
  ): Promise<{ readonly page: Page; readonly troubles: readonly string[] }> {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      javaScriptEnabled,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const troubles: string[] = []
    page.on('pageerror', (error) => troubles.push(error.message))
    page.on('console', (message) => troubles.push(message.text()))
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) troubles.push(request.url())
    })
    await page.goto(pathToFileURL(join(folder, `${file}.html`)).href)
    return { page, troubles }
  }

  for (const file of ['drawn', 'live'] as const) {
    for (const width of [390, 1100]) {
      test(`the ${file} page fits ${width} pixels, asks for nothing and complains of nothing`, async () => {
        const { page, troubles } = await open(file, { width })
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
        expect(troubles).toEqual([])
        const charts = await page.locator('figure.chart').count()
        expect(charts).toBeGreaterThan(8)
        // Of each chart exactly one picture is to be seen: for this width, or the live one.
        expect(await page.locator('figure.chart svg:visible').count()).toBe(charts)
        await page.context().close()
      })
    }
  }

  test('can be read by those who see no charts, and by keyboard', async () => {
    const { page } = await open('live', { width: 390 })
    const levels = await page
      .locator('h1, h2, h3, h4')
      .evaluateAll((headings) => headings.map(({ tagName }) => Number(tagName[1])))
    expect(levels[0]).toBe(1)
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1)
    const labels = await page
      .locator('figure, [role=region]')
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''))
    expect(labels.filter((label) => label.length < 5)).toEqual([])
    expect(await page.locator('th:not([scope])').count()).toBe(0)
    // What is wider than the page scrolls by the arrow keys, once the keyboard is there.
    await page.locator('summary').click()
    const wide = page.locator('details .scroll')
    await wide.focus()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'All trials, the best first',
    )
    await page.keyboard.press('ArrowRight')
    await expect
      .poll(() => wide.evaluate(({ scrollLeft }) => scrollLeft), { timeout: 10_000 })
      .toBeGreaterThan(0)
    await page.context().close()
  })

  test('without scripts the live page shows what was drawn', async () => {
    const { page } = await open('live', { javaScriptEnabled: false })
    const charts = await page.locator('figure.chart').count()
    expect(await page.locator('figure.chart .drawn.wide svg:visible').count()).toBe(charts)
    await page.context().close()
  })

  test('text can be read on light and on dark, in the page and in the charts', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const file of ['drawn', 'live'] as const) {
        const { page } = await open(file, { colorScheme })
        const contrasts = await page.evaluate(() => {
          const luminance = (colour: string): number => {
            const [r = 0, g = 0, b = 0] = colour.match(/[\d.]+/g)!.map(Number)
            const linear = [r, g, b].map((c) =>
              c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
            )
            return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!
          }
          const background = luminance(getComputedStyle(document.body).backgroundColor)
          const contrast = (colour: string): number => {
            const own = luminance(colour)
            return (Math.max(own, background) + 0.05) / (Math.min(own, background) + 0.05)
          }
          const texts = [...document.querySelectorAll('svg text')].map((text) => getComputedStyle(text).fill)
          const page = ['p', 'td', 'th', 'h2', 'li'].map(
            (tag) => getComputedStyle(document.querySelector(tag)!).color,
          )
          return [...new Set([...texts, ...page])].map(contrast)
        })
        // WCAG 2.2, level AA.
        for (const contrast of contrasts) expect(contrast).toBeGreaterThanOrEqual(4.5)
        await page.context().close()
      }
    }
  })

  test('a trial tells its params at the pointer', async () => {
    const { page } = await open('live')
    const chart = page.locator('#history .live')
    await chart.scrollIntoViewIfNeeded()
    const box = (await chart.locator('svg').boundingBox())!
    const tip = page.locator('#history .live > div').last()
    let told = ''
    // The best trial's dot is the largest: look along the chart's lower half for any dot.
    const dots = await chart.locator('svg path').evaluateAll((paths) =>
      paths
        .map((path) => path.getBoundingClientRect())
        .filter(({ width, height }) => width > 4 && width < 14 && Math.abs(width - height) < 1)
        .map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 })),
    )
    for (const { x, y } of dots.reverse().slice(0, 5)) {
      if (y < box.y + 30) continue
      await page.mouse.move(x - 3, y - 3)
      await page.mouse.move(x, y)
      told = (await tip.textContent()) ?? ''
      if (told.includes('learningRate')) break
    }
    expect(told).toMatch(/trial \d+: val_mae \d+/)
    expect(told).toContain('learningRate')
    await page.context().close()
  })

  test('charts change their form when the page becomes narrow', async () => {
    const { page } = await open('live')
    const height = async (): Promise<number> => (await page.locator('#parallel .live').boundingBox())!.height
    const before = await height()
    await page.setViewportSize({ width: 390, height: 900 })
    await expect.poll(height, { timeout: 10_000 }).not.toBe(before)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await page.context().close()
  })
})
