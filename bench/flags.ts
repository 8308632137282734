import { readFileSync } from 'node:fs'
import { argv, exit } from 'node:process'
import { type ParseArgsConfig, parseArgs } from 'node:util'

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * The flags that a benchmark was called with. `--help` prints the README beside it; a flag that it does not have ends it
 * with the ones that it has.
 *
 * @param main The benchmark's `import.meta.url`.
 */
export function flagsOf<const T extends Options>(main: string, options: T) {
  if (argv.includes('--help') || argv.includes('-h')) {
    console.log(readFileSync(new URL('README.md', main), 'utf8').trimEnd())
    exit(0)
  }
  try {
    return parseArgs({ options }).values
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string }
    if (code?.startsWith('ERR_PARSE_ARGS') !== true) throw error
    const known = Object.keys(options).map((name) => `--${name}`)
    console.error(`${message}\nFlags are ${known.join(', ')}; --help prints the README.`)
    exit(1)
  }
}
