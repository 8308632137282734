import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './packages.ts'
import { install, npm } from './run-command.ts'

/** Small enough for seconds; the strategy comes from somebody else's package. */
const CONFIG = `import { choice, csv, defineConfig, fixed, holdout, int, lstm, minimize, processPool } from 'rondo'
import { evolution } from 'rondo-search-evolution'

export default defineConfig({
  name: 'births',
  data: csv(new URL('births.csv', import.meta.url), { target: 'births', calendar: true }),
  model: lstm(),
  space: { units: int(4, 16), batchSize: choice([64, 128]), window: fixed(7) },
  objective: minimize('val_mae'),
  search: evolution({ population: 2 }),
  splitter: holdout(),
  executor: processPool({ workers: 2 }),
  trials: 4,
  epochs: 2,
  seed: 1,
})
`

const TSCONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2024',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  },
  include: ['*.ts'],
}

/** What a user has seen at the end. */
export interface UserReport {
  /** Trials that have ended. */
  readonly ended: number
  /** The most trials that trained at the same time. */
  readonly atATime: number
  /** Predictions of the best model. */
  readonly predictions: number
}

/**
 * Does what a user does in an empty project: installs the tarballs, typechecks a config, tunes in two worker
 * processes, scores the winner and predicts.
 *
 * @param tarballs Paths by the names of the packages.
 */
export function useRondo(folder: string, tarballs: ReadonlyMap<string, string>): UserReport {
  mkdirSync(folder)
  const dependencies = Object.fromEntries([...tarballs].map(([name, path]) => [name, `file:${path}`]))
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly devDependencies: { readonly [name: string]: string }
  }
  const manifest = {
    private: true,
    type: 'module',
    dependencies,
    devDependencies: {
      typescript: devDependencies.typescript,
      '@types/node': devDependencies['@types/node'],
    },
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG))
  writeFileSync(join(folder, 'rondo.config.ts'), CONFIG)
  cpSync(join(root, 'examples/births/births.csv'), join(folder, 'births.csv'))
  install(folder)
  npm(folder, 'exec', '--offline', '--', 'tsc')
  const rondo = (...args: readonly string[]): string =>
    npm(folder, 'exec', '--offline', '--', 'rondo', ...args)
  const events = rondo('tune', '--json')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonEvent)
  rondo('finish', 'births')
  if (!existsSync(join(folder, 'studies/births/best/model.json'))) throw new Error('best/ has no model.')
  return {
    ended: events.at(-1)?.finished ?? 0,
    atATime: mostAtATime(events),
    predictions: rondo('predict', 'births', 'births.csv').trim().split('\n').length - 1,
  }
}

/** What `--json` prints, as far as it is looked at. */
interface JsonEvent {
  readonly type: string
  /** Of the last line: trials that have ended. */
  readonly finished?: number
}

function mostAtATime(events: readonly JsonEvent[]): number {
  let running = 0
  let most = 0
  for (const { type } of events) {
    if (type === 'leg.started') running++
    if (type === 'leg.ended' || type === 'leg.failed') running--
    most = Math.max(most, running)
  }
  return most
}
