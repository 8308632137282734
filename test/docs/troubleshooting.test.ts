import { readFileSync } from 'node:fs'
import { ERROR_CATALOGUE } from '@rondo/core'
import { expect, test } from 'vitest'
import { troubleshootingPage } from '../../tools/troubleshooting-page.ts'

const page = readFileSync(new URL('../../docs/troubleshooting.md', import.meta.url), 'utf8').replaceAll(
  '\r\n',
  '\n',
)

test('the troubleshooting page is what the catalogue says now', () => {
  expect(page, 'run: npm run docs:troubleshooting').toBe(troubleshootingPage())
})

test('every code stands on the page once, with its meaning and its remedy', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `RONDO_'))
  expect(rows.map((row) => /`(\w+)`/.exec(row)![1]).sort()).toEqual(Object.keys(ERROR_CATALOGUE).sort())
  for (const [code, { summary, remedy }] of Object.entries(ERROR_CATALOGUE)) {
    const row = rows.find((line) => line.startsWith(`| \`${code}\` |`))
    expect(row).toContain(summary)
    expect(row).toContain(remedy)
  }
})
