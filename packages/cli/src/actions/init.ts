import { existsSync, mkdirSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RondoError } from '@rondo/core'
import { writeError } from '@rondo/store-sqlite'
import type { OutputOptions } from '../commands/output-options.ts'
import { askForConfig } from '../init/ask-for-config.ts'
import { type ConfigAnswers, configText } from '../init/config-text.ts'
import { readColumns } from '../init/data-columns.ts'
import { type PluginKind, pluginFiles } from '../init/plugin-files.ts'
import { nextCommand } from '../study/next-command.ts'
import type { Output } from '../terminal/output.ts'
import { writeWhole } from '../terminal/write-whole.ts'

/** Options of `rondo init`. */
export interface InitOptions extends OutputOptions {
  readonly target?: readonly string[]
  readonly config: string
  readonly plugin?: PluginKind
  readonly force?: boolean
}

/** Writes a config for a CSV file, or the beginnings of a plugin. What is there already is left alone. */
export async function init(file: string | undefined, options: InitOptions, output: Output): Promise<void> {
  if (options.plugin !== undefined) return initPlugin(file, options.plugin, output)
  const { config, force = false, target } = options
  if (existsSync(config) && !force)
    throw isThere(config, 'Write over it with --force, or name another with --config.')
  const answers =
    output.live && process.stdin.isTTY ? await askForConfig(file, target) : await given(file, target)
  if (answers === undefined) return output.warn('Nothing was written.')
  const url = `./${relative(resolve(config, '..'), resolve(answers.file)).replaceAll('\\', '/')}`
  writeWhole(config, configText({ ...answers, file: url }))
  output.emit({ type: 'written', files: [config] })
  output.say(`Wrote ${config}.`)
  output.say(`See what it would do with: ${nextCommand(['tune', config, '--dry-run'])}`)
}

async function given(
  file: string | undefined,
  target: readonly string[] | undefined,
): Promise<ConfigAnswers> {
  if (file === undefined) {
    throw new RondoError('RONDO_USAGE', {
      message: 'Nothing says which data the config is for.',
      remedy: 'Name the file, as in `rondo init births.csv --target births`.',
    })
  }
  const columns = await readColumns(file)
  if (target === undefined) {
    throw new RondoError('RONDO_USAGE', {
      message: 'Nothing says which column is to be predicted.',
      place: { field: '--target', file },
      remedy: `Name one with --target; ${basename(file)} has ${columns.all.join(', ')}.`,
    })
  }
  const { hasTime, hasMissing } = columns
  return { file, target: columns.require(target), hasTime, hasMissing }
}

function initPlugin(name: string | undefined, kind: PluginKind, output: Output): void {
  if (name === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new RondoError('RONDO_USAGE', {
      message: name === undefined ? 'The plugin needs a name.' : `“${name}” is no name for a plugin.`,
      ...(name === undefined ? {} : { value: name }),
      remedy: 'Give it small letters, digits and hyphens: `rondo init --plugin search hill-climb`.',
    })
  }
  if (existsSync(name)) throw isThere(name, 'Choose another name, or remove it.')
  const files = Object.entries(pluginFiles(kind, name, isInCheckout(name))).map(
    ([file, text]) => [join(name, file), text] as const,
  )
  for (const [file, text] of files) {
    makeFolder(dirname(file))
    writeWhole(file, text)
  }
  output.emit({ type: 'written', files: files.map(([file]) => file) })
  for (const [file] of files) output.say(`Wrote ${file}`)
}

/** Whether a folder lies in the checkout of Rondo whose sources are running. */
function isInCheckout(folder: string): boolean {
  const root = fileURLToPath(new URL('../../../../', import.meta.url))
  return import.meta.url.endsWith('.ts') && resolve(folder).startsWith(root)
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw writeError(error, { file: folder })
  }
}

function isThere(file: string, remedy: string): RondoError {
  return new RondoError('RONDO_USAGE', {
    message: `${file} is there already.`,
    value: file,
    place: { file },
    remedy,
  })
}
