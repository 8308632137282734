import { type ChildProcess, spawn } from 'node:child_process'
import { expect } from 'vitest'

/** When a program is killed: so many milliseconds after its first line, or when it has said so many lines. */
export type KillAfter = { readonly ms: number } | { readonly lines: number }

/** Runs a program and kills it. Returns whether it ended by itself before that, as it must without a complaint. */
export async function runFor(
  program: string,
  args: readonly string[],
  killAfter: KillAfter,
): Promise<boolean> {
  const child: ChildProcess = spawn(process.execPath, ['--conditions=rondo-source', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr!.on('data', (chunk) => {
    complaint += chunk
  })
  let timer: NodeJS.Timeout | undefined
  let lines = 0
  child.stdout!.on('data', (chunk) => {
    lines += String(chunk).split('\n').length - 1
    if ('ms' in killAfter) timer ??= setTimeout(() => child.kill('SIGKILL'), killAfter.ms)
    else if (lines >= killAfter.lines) child.kill('SIGKILL')
  })
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once('exit', (...ended) => resolve(ended)),
  )
  clearTimeout(timer)
  if (signal === 'SIGKILL') return false
  expect(complaint).toBe('')
  expect(code).toBe(0)
  return true
}
