import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DATASET, type Dataset, type DatasetSource, definePlugin, type Plugin } from '@rondo/core'
import { datasetOf } from './dataset.ts'
import { type CsvOptions, csvOptions, resolveOptions } from './options.ts'
import { readTable } from './table/read-table.ts'

/**
 * The rows of CSV files (plain or gzip, of one header), or of Parquet files (`.parquet`, `.pq`), as samples to learn
 * from.
 *
 * ```ts
 * csv('births.csv', { target: 'births', calendar: true })
 * csv(new URL('births.csv', import.meta.url), { target: 'births' }) // beside the config, wherever it is run
 * ```
 * @param files Paths from the working directory, or file URLs.
 */
export const csv = (
  files: string | URL | readonly (string | URL)[],
  options: CsvOptions,
): Plugin<DatasetSource> => {
  const list = typeof files === 'string' || files instanceof URL ? [files] : files
  const paths = list.map((file) => (file instanceof URL ? fileURLToPath(file) : file))
  const plugin = definePlugin({
    name: 'csv',
    provides: DATASET,
    scope: 'process',
    // A study may be moved with its data: what the files hold is in the dataset's hash.
    options: { files: paths.map((path) => basename(path)), ...options },
    schema: csvOptions,
    create: () => {
      let loaded: Promise<Dataset> | undefined
      return { load: () => (loaded ??= load(paths, options)) }
    },
  })
  origins.set(plugin, { paths, options })
  return plugin
}

/** What a plugin of {@link csv} was made from: its options as a plugin have no folders. */
const origins = new WeakMap<
  Plugin<DatasetSource>,
  { readonly paths: readonly string[]; readonly options: CsvOptions }
>()

/**
 * The same files, or `files` in their place, with some options changed; `undefined` where `plugin` is none of {@link csv}.
 */
export function csvWith(
  plugin: Plugin<DatasetSource>,
  changed: Partial<CsvOptions>,
  files?: string,
): Plugin<DatasetSource> | undefined {
  const origin = origins.get(plugin)
  return origin && csv(files ?? origin.paths, { ...origin.options, ...changed })
}

async function load(paths: readonly string[], options: CsvOptions): Promise<Dataset> {
  const { files, ...parsed } = csvOptions.parse({ files: paths, ...options })
  const resolved = resolveOptions(parsed)
  return datasetOf(await readTable(files, resolved), resolved)
}
