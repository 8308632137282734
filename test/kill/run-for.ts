import { type ChildProcess, spawn } from 'node:child_process'
import { expect } from 'vitest'

/**
 * Runs a program that says a line when it is ready; kills it so many milliseconds after that. Returns whether it ended
 * by itself, as it must without a complaint.
 */
export async function runFor(
  program: string,
  args: readonly string[],
  killAfterMs: number,
): Promise<boolean> {
  const child: ChildProcess = spawn(process.execPath, ['--conditions=rondo-source', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr!.on('data', (chunk) => {
    complaint += chunk
  })
  let timer: NodeJS.Timeout | undefined
  child.stdout!.once('data', () => {
    timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
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
