import {
  DATASET,
  isBetter,
  type Json,
  type JsonObject,
  RondoError,
  type StudyReading,
  type StudySpec,
  type StudyState,
} from '@rondo/core'
import { nextCommand } from '../study/next-command.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import type { Output } from '../terminal/output.ts'
import { duration, number } from '../terminal/quantities.ts'
import { valuesInWords, whenInWords } from '../terminal/space.ts'
import { type Cell, table } from '../terminal/table.ts'

/** Trials after which the best so far is told; as many of them as the longest study has. */
const AFTER = [1, 2, 3, 5, 10, 15, 20, 30, 50, 100, 200, 500, 1000]

/** Sets studies side by side. @throws RONDO_USAGE where they cannot be compared. */
export function compare(names: readonly string[], studies: string, output: Output): void {
  if (names.length < 2) {
    throw new RondoError('RONDO_USAGE', {
      message: 'Two studies at least are needed to compare.',
      remedy: `Name them, as in \`rondo compare births births-2\`; \`${nextCommand(['list'], studies)}\` lists them.`,
    })
  }
  const store = openStore(studies)
  const readings = names.map((name) => readStudyOf(store, name))
  requireComparable(readings)
  const [first] = readings
  const { metric } = first!.state.spec.objective
  const longest = Math.max(...readings.map(({ state }) => state.trials.length))
  for (const reading of readings) output.emit({ type: 'study', ...comparedJson(reading) })
  const rows: (readonly Cell[])[] = AFTER.filter((after) => after < longest).map((after) => [
    `after ${after}`,
    ...readings.map((reading): Cell => ({ right: number(bestAfter(reading, after)) })),
  ])
  rows.push(['best', ...readings.map(({ state }): Cell => ({ right: number(state.best?.value) }))])
  rows.push(['trials', ...readings.map(({ state }): Cell => ({ right: String(state.trials.length) }))])
  rows.push(['worked', ...readings.map(({ workedMs }): Cell => ({ right: duration(workedMs) }))])
  output.say(table([metric, ...names.map((right): Cell => ({ right }))], rows))
  const different = settings(readings)
  if (different.length > 0) {
    output.say('')
    output.say(table(['setting', ...names], different))
  }
}

function requireComparable(readings: readonly StudyReading[]): void {
  const [first, ...others] = readings
  if (first === undefined) return
  const { objective, fingerprint, data } = first.state.spec
  for (const { name, state } of others) {
    const { spec } = state
    const metric = spec.objective.metric !== objective.metric
    if (!metric && spec.fingerprint.data === fingerprint.data) continue
    const sameFile = data?.content !== undefined && data.content === spec.data?.content
    const options = optionsOfData(first.state.spec, spec)
    const read = options.length === 0 ? '' : ` Of ${name}, ${options.join('; ')}.`
    throw new RondoError('RONDO_USAGE', {
      message: metric
        ? `${first.name} is ranked by ${objective.metric} and ${name} by ${spec.objective.metric}.`
        : sameFile
          ? `${first.name} and ${name} read the same file in other ways, so that their values mean different things.${read}`
          : `${first.name} and ${name} were run on other data (${data?.name ?? 'none'} and ${spec.data?.name ?? 'none'}), so that their values mean different things.${read}`,
      value: name,
      place: { study: name },
      remedy: 'Compare studies of one metric on one data set.',
    })
  }
}

/** In which options the data of another study differs; names of files say nothing. */
function optionsOfData(one: StudySpec, other: StudySpec): readonly string[] {
  const [ofOne, ofOther] = [one, other].map(({ fingerprint }) => {
    const { files: _, ...options } = (fingerprint.plugins.find(({ token }) => token === DATASET.name)
      ?.options ?? {}) as JsonObject
    return options
  }) as [JsonObject, JsonObject]
  const shown = (value: Json | undefined): string => (value === undefined ? 'the default' : inWords(value))
  return [...new Set([...Object.keys(ofOne), ...Object.keys(ofOther)])]
    .filter((name) => JSON.stringify(ofOne[name]) !== JSON.stringify(ofOther[name]))
    .map((name) => `${name} is ${shown(ofOther[name])} instead of ${shown(ofOne[name])}`)
}

const inWords = (value: Json): string =>
  typeof value === 'string'
    ? value
    : Array.isArray(value)
      ? value.map(inWords).join(', ')
      : JSON.stringify(value)

/** The best value among the first trials; paused ones count as far as they have come. */
function bestAfter({ state }: StudyReading, trials: number): number | undefined {
  let best: number | undefined
  for (const { value } of state.trials.slice(0, trials)) {
    if (value !== undefined && (best === undefined || isBetter(state.spec.objective, value, best)))
      best = value
  }
  return best
}

function comparedJson(reading: StudyReading): object {
  const { name, state, workedMs } = reading
  const bestSoFar = state.trials.map((_, i) => bestAfter(reading, i + 1))
  return { study: name, best: state.best?.value, trials: state.trials.length, workedMs, bestSoFar }
}

/** Settings in which the studies differ. */
function settings(readings: readonly StudyReading[]): readonly (readonly Cell[])[] {
  const all = readings.map(({ state }) => settingsOf(state))
  const names = new Set(all.flatMap((one) => [...one.keys()]))
  return [...names]
    .map((name) => [name, ...all.map((one) => one.get(name) ?? '–')])
    .filter(([, ...values]) => new Set(values).size > 1)
}

function settingsOf({ spec, space }: StudyState): ReadonlyMap<string, string> {
  const { seed, fullBudget, fingerprint } = spec
  const { epochs, folds } = fullBudget
  const found = new Map<string, string>([
    ['seed', String(seed)],
    ['epochs', String(epochs)],
    ['folds', String(folds)],
  ])
  for (const [name, parameter] of Object.entries(space.definition)) {
    found.set(
      name,
      [valuesInWords(parameter), whenInWords(parameter)].filter((words) => words !== '').join(' '),
    )
  }
  for (const { token, name, options } of fingerprint.plugins) {
    const key = String(token)
    const set = Object.entries((options ?? {}) as JsonObject).map(
      ([option, value]) => `${option} ${JSON.stringify(value)}`,
    )
    const words = set.length === 0 ? String(name) : `${name} (${set.join(', ')})`
    found.set(key, found.has(key) ? `${found.get(key)}, ${words}` : words)
  }
  return found
}
