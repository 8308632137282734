import { spawnSync } from 'node:child_process'

/** npm tells the scripts that it runs where their project is; an npm in another folder must not believe it. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|config_local_prefix)/.test(name)),
)

/**
 * Runs a command in a folder and returns its standard output.
 *
 * @throws with the end of its output where it fails.
 */
export function runCommand(folder: string, command: string, args: readonly string[]): string {
  const onWindows = process.platform === 'win32'
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    env: { ...environment, TURBO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    // npm is a script of the shell there.
    shell: onWindows,
  })
  if (status === 0) return stdout
  const output = `${stdout ?? ''}\n${stderr ?? ''}`.trim().slice(-6000)
  throw new Error(`${[command, ...args].join(' ')} failed in ${folder}.\n${error?.message ?? output}`)
}

export const npm = (folder: string, ...args: readonly string[]): string => runCommand(folder, 'npm', args)

/** Installs what the folder's manifest names. Packages from npm's cache, where it has them. */
export function install(folder: string): void {
  npm(folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error')
}
