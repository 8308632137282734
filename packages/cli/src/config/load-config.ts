import { existsSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { RondoError, type StudyConfig } from '@rondo/core'
import { checkConfig } from './check-config.ts'
import { placeOfFailure } from './place-of-failure.ts'
import { provideRondo } from './provide-rondo.ts'

/**
 * Imports a config file: its default export, or what that returns where it is a function.
 *
 * @param file An absolute path.
 * @throws RONDO_CONFIG_NOT_FOUND, RONDO_CONFIG_FAILED naming the line, RONDO_CONFIG_INVALID
 */
export async function loadConfig(file: string): Promise<StudyConfig> {
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new RondoError('RONDO_CONFIG_NOT_FOUND', {
      message: `There is no config file ${file}.`,
      value: file,
      place: { file },
    })
  }
  provideRondo()
  const exported = await importDefault(file)
  return checkConfig(exported, file)
}

async function importDefault(file: string): Promise<unknown> {
  try {
    const { default: exported } = (await import(pathToFileURL(file).href)) as { readonly default?: unknown }
    return typeof exported === 'function' ? await exported({}) : exported
  } catch (error) {
    throw failure(error, file)
  }
}

function failure(error: unknown, file: string): RondoError {
  const place = placeOfFailure(error, file)
  if (error instanceof Error && error.name === 'RondoError') {
    // A factory refused its options: its own words, with the line that called it.
    const { code, message, value, place: own, remedy } = error as RondoError
    return new RondoError(code, {
      message,
      ...(value === undefined ? {} : { value }),
      place: { ...place, ...own },
      remedy,
      cause: error,
    })
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const first = message.split('\n')[0]!
  return new RondoError('RONDO_CONFIG_FAILED', {
    message: `The config could not be loaded: ${first}`,
    place,
    cause: error,
  })
}
