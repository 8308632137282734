// Makes the pictures of docs/report.md again: tunes on US births for a minute, finishes, and takes the report as a browser
// shows it. With the path of a report, takes that one instead.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium, type Page } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))
const images = join(root, 'docs', 'images')

const VIEWS = [
  { name: 'report-light', width: 1000, colorScheme: 'light' },
  { name: 'report-dark', width: 1000, colorScheme: 'dark' },
  { name: 'report-phone', width: 390, colorScheme: 'light' },
] as const

/** Small models, so that it takes a minute; enough trials that every section has something to say. */
const TUNE = [
  ...['--target', 'births', '--calendar', '--scheduler', 'asha', '--trials', '24', '--epochs', '18'],
  ...['--set', 'units=8..48:log', '--set', 'layers=1,2', '--seed', '1', '--study', 'births'],
]

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const folder = mkdtempSync(join(tmpdir(), 'rondo-screenshots-'))
try {
  const [given] = process.argv.slice(2)
  await takePictures(given === undefined ? writeReport() : resolve(given))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function writeReport(): string {
  rondo('tune', join(root, 'examples/births/births.csv'), ...TUNE)
  rondo('finish', 'births')
  rondo('report', 'births')
  return join(folder, 'births.html')
}

function rondo(...args: readonly string[]): void {
  const main = join(root, 'packages/cli/src/main.ts')
  execFileSync(process.execPath, ['--conditions=rondo-source', main, ...args], {
    cwd: folder,
    stdio: 'inherit',
  })
}

async function takePictures(report: string): Promise<void> {
  const executablePath = CHROMIUM.find(existsSync)
  if (executablePath === undefined) throw new Error('No Chromium is installed; apt-get install chromium.')
  mkdirSync(images, { recursive: true })
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    for (const { name, width, colorScheme } of VIEWS) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
      await page.goto(pathToFileURL(report).href)
      const path = join(images, `${name}.webp`)
      writeFileSync(path, await wholePage(page))
      console.log(`${path}: ${Math.ceil(statSync(path).size / 1000)} kB`)
      await page.close()
    }
  } finally {
    await browser.close()
  }
}

/** As WebP, which takes a quarter of what PNG does; only the browser's own protocol gives it. */
async function wholePage(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  const { cssContentSize } = await session.send('Page.getLayoutMetrics')
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 70,
    captureBeyondViewport: true,
    clip: { ...cssContentSize, scale: 1 },
  })
  return Buffer.from(data, 'base64')
}
