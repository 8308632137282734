/**
 * Whether Node was started with a boolean flag of V8 on or off; `undefined` where nothing is said of it. The last one
 * counts, and V8 reads `--no-liftoff`, `--noliftoff` and `--no_liftoff` as the same.
 *
 * @param name The flag without dashes before it, such as `wasm-lazy-compilation`.
 * @param execArgv Node's own arguments, as in `process.execArgv`. `NODE_OPTIONS` takes none of the flags for WebAssembly.
 */
export function isStartedWith(name: string, execArgv: readonly string[]): boolean | undefined {
  const given = execArgv.map((argument) => argument.replaceAll('_', '-'))
  const last = given.findLast((argument) => argument === `--${name}` || isOff(argument, name))
  return last === undefined ? undefined : !isOff(last, name)
}

const isOff = (argument: string, name: string): boolean =>
  argument === `--no-${name}` || argument === `--no${name}`
