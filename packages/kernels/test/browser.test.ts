import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'
import { beforeAll, describe, expect, test } from 'vitest'
import { runTrial, type TrialLosses } from './browser/trial.ts'
import { relativeError } from './support/case.ts'
import { startTfjs } from './support/tfjs.ts'

/** Where distributions put it; another one by the variable. */
const executablePath =
  process.env.CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

/** A page is isolated by these headers: then it has shared memory, and tfjs would take its threaded build. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

const UPDATES = 15
const root = fileURLToPath(new URL('browser', import.meta.url))
const workspace = fileURLToPath(new URL('../../..', import.meta.url))
const tfjsWasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))

async function inChromium(
  headers: Record<string, string>,
): Promise<{ losses: TrialLosses; isolated: boolean }> {
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    cacheDir: `${workspace}/node_modules/.cache/kernels-browser`,
    server: { headers, fs: { allow: [workspace] }, port: 0, hmr: false, watch: null },
  })
  await server.listen()
  const browser = await chromium.launch({ executablePath: executablePath as string, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    await page.goto(server.resolvedUrls?.local[0] as string)
    await page.waitForFunction(() => 'runTrial' in window)
    return await page.evaluate(
      async ([path, updates]) => ({
        losses: await window.runTrial(path, updates),
        isolated: crossOriginIsolated,
      }),
      [`/@fs${tfjsWasm}/`, UPDATES] as const,
    )
  } finally {
    await browser.close()
    await server.close()
  }
}

describe.skipIf(!executablePath)('in headless Chromium', () => {
  let here: TrialLosses
  beforeAll(async () => {
    await startTfjs()
    here = await runTrial(UPDATES)
  }, 60_000)

  test.each([
    { kind: 'a plain page', headers: {}, wanted: false },
    { kind: 'an isolated page', headers: ISOLATION, wanted: true },
  ])(
    '$kind gives the losses of Node',
    async ({ headers, wanted }) => {
      const { losses, isolated } = await inChromium(headers)
      expect(isolated).toBe(wanted)
      expect(losses.portable).toHaveLength(UPDATES)
      expect(losses.portable).toEqual(here.portable)
      expect(losses.inTfjsMemory).toEqual(here.portable)
      expect(relativeError(losses.fast, here.fast)).toBeLessThan(1e-5)
      expect(relativeError(losses.tfjs, here.tfjs)).toBeLessThan(1e-5)
      expect(relativeError(losses.portable, here.tfjs)).toBeLessThan(1e-5)
    },
    120_000,
  )
})
