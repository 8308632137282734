import { readFileSync } from 'node:fs'
import { minimize, type StudyReading } from '@rondo/core'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { echartsScript, type ReportData, type ReportExtras, renderReport, reportOf } from '../src/index.ts'
import { gates, simulatedStudy } from './simulated-study.ts'

let reading: StudyReading
let data: ReportData

beforeAll(async () => {
  ;({ reading } = await simulatedStudy(40))
  // The curves are those of models trained on data.
  data = { ...reportOf(reading), hasData: true }
})

/** The text of a page as it is read: no styles, scripts or tags. */
const textOf = (page: string): string =>
  page
    .replace(/<(style|script)[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replaceAll('<wbr>', '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replace(/\s+/g, ' ')

const rival = (value: number) => ({ name: 'naive', value })

const headline = (extras: ReportExtras | Partial<ReportData>): string =>
  textOf(
    /<section class="verdict[\s\S]*?<h2>[\s\S]*?<\/h2>/.exec(renderReport({ ...data, ...extras }))![0],
  ).trim()

test('durations and numbers are told as the command line tells them, in the dress of print', () => {
  const page = textOf(renderReport({ ...data, workedMs: 725_000, validationBaselines: [rival(-12345.6)] }))
  expect(page).toContain('12 min 5 s of work')
  expect(page).toContain('−12,346')
  expect(textOf(renderReport({ ...data, validationBaselines: [rival(0.00012346)] }))).toContain('0.0001235')
})

describe('the first line', () => {
  test('says what the model is better than', () => {
    expect(headline({ validationBaselines: [{ name: 'naive', value: 400 }] })).toMatch(
      /^The tuned model wins on the validation rows: val_mae 2\d\d\.?\d*, \d\d % better than naive, 400\.$/,
    )
  })

  test('says so where a baseline is better', () => {
    const line = headline({ validationBaselines: [{ name: 'ridge', value: 100 }] })
    expect(line).toMatch(
      /^The tuned model does not win on the validation rows: val_mae .* against ridge, 100\.$/,
    )
  })

  test('calls nobody the loser of a tie', () => {
    const evaluation = { trial: 3, value: 0.875, baselines: [{ name: 'logistic', value: 0.875 }] }
    const page = renderReport({ ...data, evaluations: [evaluation] })
    expect(textOf(page)).toContain(
      'The tuned model is as good as logistic on the test rows: both have mae 0.875.',
    )
    expect(page).toMatch(/<section class="verdict ">/)
  })

  test('is about the test rows once they were opened, and names the strongest rival', () => {
    const evaluation = {
      trial: 3,
      value: 307,
      untuned: { trial: 0, value: 330 },
      baselines: [
        { name: 'naive', value: 1683 },
        { name: 'ridge', value: 361 },
      ],
    }
    expect(headline({ evaluations: [evaluation] })).toBe(
      'The tuned model wins on the test rows: mae 307, 7.0 % better than untuned default (trial 0), 330.',
    )
  })

  test('names the study whose best it was measured by', () => {
    const evaluation = { trial: 3, value: 307, untuned: { trial: 0, value: 330 }, baselines: [] }
    const defaultsOf = { study: 'january', trial: 7 }
    const page = textOf(renderReport({ ...data, evaluations: [evaluation], defaultsOf }))
    expect(page).toContain('mae 307, 7.0 % better than best of january (trial 0), 330.')
    expect(page).toContain('(best of january)')
    expect(page).not.toContain('untuned default')
  })

  test('is about the model in use where it is the strongest, with the interval of the difference', () => {
    const difference = { value: -11.7, low: -16, high: -7.2, coverage: 0.9 }
    const evaluation = {
      trial: 3,
      value: 263.4,
      incumbent: { value: 275.1, difference },
      baselines: [{ name: 'ridge', value: 361, difference: { ...difference, low: -110, high: -85 } }],
    }
    expect(headline({ evaluations: [evaluation] })).toBe(
      'The tuned model wins on the test rows: mae 263.4, 4.3 % better than model in use, 275.1.',
    )
    const text = textOf(renderReport({ ...data, evaluations: [evaluation] }))
    expect(text).toContain('difference, 90 %')
    expect(text).toMatch(/model in use 275.1 −4.3 % −16 … −7.2/)
  })

  test('does not call a lead certain that may be luck', () => {
    const near = { name: 'ridge', value: 276 }
    const best = data.trials[data.best!]!
    expect(best.value).toBeLessThan(276)
    const corrected = {
      trial: best.number,
      observed: best.value!,
      corrected: best.value! + 2,
      interval: [best.value! - 3, 280] as const,
      candidates: 9,
    }
    expect(headline({ validationBaselines: [near], corrected })).toMatch(/by less than is certain/)
    const difference = { value: -5, low: -12, high: 3, coverage: 0.9 }
    const evaluation = { trial: 3, value: 290, baselines: [{ name: 'ridge', value: 295, difference }] }
    expect(headline({ evaluations: [evaluation] })).toMatch(/leads on the test rows, by less than is certain/)
    // One with a worse score may be the harder to tell from.
    const sure = { value: -5, low: -9, high: -1, coverage: 0.9 }
    const baselines = [
      { name: 'ridge', value: 295, difference: sure },
      { name: 'naive', value: 340, difference: { value: -50, low: -120, high: 20, coverage: 0.9 } },
    ]
    expect(headline({ evaluations: [{ ...evaluation, baselines }] })).toMatch(
      /certain: mae 290 against naive, 340/,
    )
  })

  test('of a study without results says that', () => {
    const { best: _, ...empty } = { ...data, trials: [] }
    expect(textOf(renderReport(empty))).toContain('No trial has a result yet.')
  })
})

describe('what the result stands on', () => {
  test('is told of each fold, and of each training on all rows', () => {
    const { best } = data
    const trials = data.trials.map((trial) =>
      trial.number === best
        ? {
            ...trial,
            bestEpoch: 2,
            curve: [
              { fold: 0, epoch: 1, value: 900 },
              { fold: 0, epoch: 2, value: 301 },
              { fold: 1, epoch: 2, value: 340 },
            ],
          }
        : trial,
    )
    const evaluation = { trial: best!, value: 307, refits: [307, 312, 299], baselines: [] }
    const text = textOf(renderReport({ ...data, trials, evaluations: [evaluation] }))
    expect(text).toContain('Over 2 folds its val_mae is 301 to 340.')
    expect(text).toContain('Trained 3 times on all rows before them')
    expect(text).toContain('it scores 299 to 312.')
  })

  test('says of what rows it is true, and what came of it on the test rows', () => {
    const corrected = {
      trial: data.best!,
      observed: 18,
      corrected: 18.38,
      interval: [15.26, 21.65] as const,
      noise: { deviation: 1, from: 'folds' },
      candidates: 9,
      untuned: { trial: 0, value: 21, probability: 0.96 },
      gain: { trials: 10, gain: 0 },
    }
    const told = (value: number, untuned: number) =>
      textOf(
        renderReport({
          ...data,
          corrected,
          evaluations: [{ trial: data.best!, value, untuned: { trial: 0, value: untuned }, baselines: [] }],
        }),
      )
    const worse = told(27.32, 21)
    expect(worse).toContain(
      'expect 18.38 (90 %: 15.26 to 21.65) on such rows. The test rows gave mae 27.32, worse',
    )
    expect(worse).toContain(
      'On validation rows it is better than the untuned default with a probability of 96 %; on the test rows it is worse.',
    )
    expect(worse).toContain('10 more trials would gain next to nothing')
    const early = renderReport({ ...data, corrected: { ...corrected, gain: { trials: 10 } } })
    expect(textOf(early)).toContain('It is too early to tell what 10 more trials would gain')
    expect(told(19, 21)).toMatch(/mae 19, as expected\. .* on the test rows it is better, too\./)
    expect(textOf(renderReport({ ...data, corrected }))).not.toMatch(/test rows (gave|it is)/)
  })

  test('of a function is its values, for there are no rows', () => {
    const text = textOf(renderReport({ ...data, hasData: false }))
    expect(text).toMatch(/The best trial (wins|leads)/)
    expect(text).not.toMatch(/\brows\b|best\/params|rondo finish/)
  })
})

describe('gates', () => {
  test('have their curves and where they ended, by layer, of the first fold', () => {
    const text = textOf(renderReport({ ...data, gates: gates(2, 2) }))
    expect(text).toContain('Of the best trial, in its first fold')
    expect(text).toMatch(/Layer 1 .*Layer 2 /)
    expect(text).toContain('forget gate 60 % 5.0 % 12 %')
    const page = renderReport({ ...data, gates: gates(1, 1) })
    expect(page).toContain('Saturation of the gates of layer 1, by epoch; at the end input 17 %, ')
    expect(textOf(page)).not.toContain('Layer 1')
  })

  test('are left out where the trainer reads none', () => {
    expect(textOf(renderReport({ ...data, gates: [] }))).not.toContain('Gates')
  })
})

describe('the page', () => {
  test('has what the study was, what was best, and what did not go through', () => {
    const text = textOf(renderReport(data))
    const best = data.trials[data.best!]!
    expect(text).toContain('minimize val_mae · 40 trials')
    expect(text).toContain(`Trial ${best.number}, best at epoch ${best.bestEpoch}`)
    expect(text).toContain('RONDO_TRAIN_DIVERGED: The train loss became NaN')
    expect(text).toContain('rondo finish births')
    for (const name of Object.keys(best.params)) expect(text).toContain(name)
  })

  test('has a row for each rung with how many trials came there', () => {
    const text = textOf(renderReport(data))
    const rung = (epochs: number): number =>
      data.trials.filter(({ budgets }) => budgets.some((budget) => budget.epochs === epochs)).length
    expect(text).toMatch(new RegExp(`1 epoch ${rung(1)} .*3 epochs ${rung(3)} .*9 epochs ${rung(9)} `))
    expect(rung(1)).toBeGreaterThan(rung(9))
  })

  test('has the reasons of stops once for all trials alike, without digits that nobody reads', () => {
    const trials = data.trials.map((trial, i) =>
      i < 2
        ? { ...trial, state: 'stopped' as const, stopReason: `Its 457.3792419417862${i} was no better.` }
        : trial,
    )
    const text = textOf(renderReport({ ...data, trials }))
    expect(text).toContain('2 stopped Its 457.4 was no better. trial 0, 1 ')
  })

  test('says how often the test rows were opened', () => {
    const evaluation = { trial: 1, value: 300, baselines: [] }
    const text = textOf(renderReport({ ...data, evaluations: [evaluation, evaluation, evaluation] }))
    expect(text).toContain('The test rows were opened 3 times')
  })

  test('is the same text for the same data', () => {
    expect(renderReport(data)).toBe(renderReport(structuredClone(data)))
  })

  test('loads nothing from anywhere', () => {
    const page = renderReport(data)
    expect(page).not.toMatch(/<(script|link|img|iframe)[^>]*(src|href)=/i)
    expect(page).not.toMatch(/@import|url\((?!#)/)
    expect(page).toContain('content="default-src &#39;none&#39;;')
  })

  test('draws every chart for both widths, and takes ECharts in only where it is given', () => {
    const drawn = renderReport(data)
    const charts = drawn.match(/<figure class="chart"/g)!.length
    expect(charts).toBeGreaterThanOrEqual(3)
    expect(drawn.match(/<svg /g)).toHaveLength(2 * charts)
    expect(drawn).not.toContain('<script')
    expect(drawn.length).toBeLessThan(600_000)
    const live = renderReport(data, { echarts: readFileSync(echartsScript, 'utf8') })
    expect(live.match(/<script type="application\/json">/g)).toHaveLength(charts)
    expect(live.length).toBeGreaterThan(1_000_000)
  })

  test('ids of clip paths are unique', () => {
    const ids = [...renderReport(data).matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('texts of the study', () => {
  const attack = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&`

  const attacked = (): ReportData => {
    const trials = data.trials.map((trial, i) => ({
      ...trial,
      params: { ...trial.params, [attack]: attack },
      ...(i === 1 ? { state: 'stopped' as const, stopReason: attack } : {}),
      ...(i === 2 ? { state: 'failed' as const, failure: { code: attack, message: attack } } : {}),
    }))
    return {
      ...data,
      study: attack,
      objective: minimize(`val_${attack}`),
      space: { ...data.space, [attack]: { type: 'choice', values: [attack, 'other'] } },
      trials,
      notes: [attack],
      validationBaselines: [{ name: attack, value: 300 }],
      advice: [{ rule: attack, text: attack, because: { name: attack, value: 1, unit: 'number' } }],
      forecast: { target: attack, labels: [attack, 'b'], actual: [1, 2], predicted: [1, 3] },
    }
  }

  test('stay texts wherever they stand', () => {
    for (const options of [{}, { echarts: '/* none */' }]) {
      const page = renderReport(attacked(), options)
      expect(page).toContain('&lt;/script&gt;')
      expect(page).not.toContain('<img')
      expect(page).not.toContain('<script>alert')
    }
  })

  test('never add an element, whatever they are', () => {
    const tags = (page: string): number => page.match(/<[a-z!/]/gi)!.length
    const small = { ...data, trials: data.trials.slice(0, 2) }
    const { best: _, ...plain } = small
    const expected = tags(renderReport({ ...plain, notes: ['x'] }))
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (note) => {
        expect(tags(renderReport({ ...plain, study: note, notes: [note] }))).toBe(expected)
      }),
      { numRuns: 15 },
    )
  })
})

test('odd studies have a report too', () => {
  const one = { ...data, trials: data.trials.slice(0, 1), best: 0 }
  expect(textOf(renderReport(one))).toContain('1 trial')
  const failed = data.trials.find(({ failure }) => failure)!
  const { best: _, ...rest } = data
  expect(textOf(renderReport({ ...rest, trials: [{ ...failed, number: 0 }] }))).toContain(
    'No trial has a result yet',
  )
  const same = data.trials.map((trial) => ({ ...trial, value: 5, curve: [{ fold: 0, epoch: 1, value: 5 }] }))
  expect(renderReport({ ...data, trials: same })).toContain('</html>')
  const wild = data.trials.map((trial, i) => ({ ...trial, value: i % 2 ? 1e300 : -1e-300 }))
  expect(renderReport({ ...data, trials: wild })).toContain('</html>')
})
