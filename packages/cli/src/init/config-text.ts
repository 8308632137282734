/** What a config is written from. */
export interface ConfigAnswers {
  /** The data file, from the config's folder. */
  readonly file: string
  readonly target: readonly string[]
  /** Whether it has a column of dates. */
  readonly hasTime: boolean
  /** Whether fields of it are empty. */
  readonly hasMissing: boolean
}

/** A config with its defaults written out where one is likely to change them. */
export function configText({ file, target, hasTime, hasMissing }: ConfigAnswers): string {
  const targets = target.length === 1 ? quoted(target[0]!) : `[${target.map(quoted).join(', ')}]`
  const options = [
    `target: ${targets}`,
    ...(hasTime ? ['calendar: true'] : []),
    ...(hasMissing ? ["missing: 'ffill'"] : []),
  ]
  const missing = hasMissing
    ? `
  // Some fields are empty: each takes the last value before it. Others are 'mean' (of all before), 'drop' (the row) and 'error'.`
    : ''
  return `import { bayes, csv, defineConfig, lstm } from 'rondo'

export default defineConfig({
  // The last 15 % of the rows stay sealed until \`rondo finish\`.${missing}
  data: csv(new URL(${quoted(file)}, import.meta.url), { ${options.join(', ')} }),
  model: lstm(),
  // Without a space, one is chosen by the data; \`rondo tune --dry-run\` shows it. To choose your own:
  // space: { ...lstm.space, units: int(32, 256, { log: true }), window: choice([14, 28]) },
  search: bayes(),
  trials: 30,
  seed: 1,
})
`
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
