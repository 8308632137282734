import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../bin/rondo.js', import.meta.url))

/** What a finished command has said. */
export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command under way. */
export interface Running {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
  /** Resolves when standard output or standard error has said `text`. */
  said(text: string): Promise<void>
}

export interface RunOptions {
  readonly cwd: string
  readonly input?: string
  readonly env?: NodeJS.ProcessEnv
}

/** Starts the command as a user's shell does: the bin file, in a process of its own. */
export function start(args: readonly string[], { cwd, input = '', env = {} }: RunOptions): Running {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
  })
  const said = { stdout: '', stderr: '' }
  const listeners = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
      for (const listener of listeners) listener()
    })
  }
  child.stdin.end(input)
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...said }))
  })
  return {
    child,
    finished,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!said.stdout.includes(text) && !said.stderr.includes(text)) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
        void finished.then(() =>
          reject(new Error(`It ended without saying “${text}”:\n${said.stdout}${said.stderr}`)),
        )
      }),
  }
}

/** Runs the command to its end. */
export const rondo = (args: readonly string[], options: RunOptions): Promise<Finished> =>
  start(args, options).finished

/** The JSON lines of a text. */
export const jsonLines = (text: string): readonly { readonly [key: string]: unknown }[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
