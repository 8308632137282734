import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineChart } from '../src/terminal/line-chart.ts'

const values = fc.array(fc.double({ noNaN: false }), { minLength: 0, maxLength: 60 })

test('a chart is never wider than asked for, and as high, whatever the values', () => {
  const chart = fc.record({
    first: values,
    second: values,
    epochs: fc.integer({ min: 2, max: 80 }),
    width: fc.integer({ min: 40, max: 130 }),
    height: fc.integer({ min: 3, max: 20 }),
  })
  fc.assert(
    fc.property(chart, ({ first, second, epochs, width, height }) => {
      const series = [
        { name: 'loss', mark: '○', values: first },
        { name: 'val_loss', mark: '●', values: second },
      ]
      const lines = lineChart({ series, epochs, width, height })
      const finite = [...first, ...second].some(Number.isFinite)
      expect(lines).toHaveLength(finite ? height + 2 : 0)
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width)
    }),
    { examples: [[{ first: [], second: [1.04e-322, 5e-324], epochs: 2, width: 40, height: 3 }]] },
  )
})

test('a curve goes from its first value at the left to its last at the right, down where it falls', () => {
  const series = [{ name: 'loss', mark: '●', values: [4, 3, 2, 1] }]
  const lines = lineChart({ series, epochs: 4, width: 24, height: 4 })
  expect(lines[0]).toMatch(/^4 ┤●/)
  expect(lines[3]).toMatch(/^1 ┤ +●+$/)
  const columns = lines.slice(0, 4).map((line) => line.indexOf('●'))
  expect(columns).toEqual([...columns].sort((a, b) => a - b))
})

test('epochs that are still to come leave room at the right', () => {
  const series = [{ name: 'loss', mark: '●', values: [2, 1] }]
  const [top = '', bottom = ''] = lineChart({ series, epochs: 11, width: 44, height: 2 })
  expect(Math.max(top.lastIndexOf('●'), bottom.lastIndexOf('●'))).toBeLessThan(12)
})
