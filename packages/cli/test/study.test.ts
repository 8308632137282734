import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { FUNCTION_CONFIG, SLOW_CONFIG } from './support/configs.ts'
import { folder } from './support/folder.ts'
import { jsonLines, rondo, start } from './support/rondo.ts'

test('a study is tuned, listed, shown, and its best is printed', async () => {
  const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
  const tuned = await rondo(['tune', '--study', 'parabola'], { cwd })
  expect(tuned.stderr).toBe('')
  expect(tuned.code).toBe(0)
  expect(tuned.stdout).toContain('parabola: 6 trials (6 completed)')
  expect(tuned.stdout).toContain('untuned default: trial 0')

  const [best] = jsonLines((await rondo(['best', 'parabola', '--json'], { cwd })).stdout)
  const trials = jsonLines((await rondo(['show', 'parabola', '--json'], { cwd })).stdout).slice(1)
  const values = trials.map(({ value }) => value as number)
  expect(values).toHaveLength(6)
  expect(best).toMatchObject({ type: 'best', value: Math.min(...values), metric: 'value' })
  const { x, y } = best!.params as { readonly x: number; readonly y: number }
  expect(best!.value).toBeCloseTo((x - 1) ** 2 + y, 12)

  const [listed] = jsonLines((await rondo(['list', '--json'], { cwd })).stdout)
  expect(listed).toMatchObject({ study: 'parabola', trials: 6, limit: 6, best: { value: best!.value } })

  const sorted = await rondo(['show', 'parabola', '--sort', 'value', '--json'], { cwd })
  expect(
    jsonLines(sorted.stdout)
      .slice(1)
      .map(({ value }) => value),
  ).toEqual([...values].sort((a, b) => a - b))
  const one = await rondo(['show', 'parabola', '--trial', '0'], { cwd })
  expect(one.stdout).toContain('the untuned default')
  expect((await rondo(['show', 'parabola', '--trial', '6'], { cwd })).stderr).toContain(
    'RONDO_STUDY_NO_TRIAL',
  )
})

test('with --json standard output is the log of the study, event by event, and then the result', async () => {
  const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
  const { code, stdout, stderr } = await rondo(['tune', '--json', '--study', 'events'], { cwd })
  expect(code).toBe(0)
  const lines = jsonLines(stdout)
  const sequence = lines.map(({ seq }) => seq).filter((seq) => seq !== undefined)
  expect(sequence).toEqual(sequence.map((_, i) => i + (sequence[0] as number)))
  expect(lines.filter(({ type }) => type === 'trial.suggested')).toHaveLength(6)
  expect(lines.at(-1)).toMatchObject({ type: 'result', study: 'events', reason: 'trials', trials: 6 })
  expect(stderr).toContain('events: 6 trials')
})

test('a dry run says what would be done and writes nothing', async () => {
  const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
  const { code, stdout } = await rondo(['tune', '--dry-run', '--set', 'y=2,3'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toMatch(/limits +6 trials/)
  expect(stdout).toMatch(/^y +2, 3 +2$/m)
  expect(existsSync(join(cwd, 'studies'))).toBe(false)
})

test('a dry run refuses what the study itself would refuse', async () => {
  const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
  const { code, stderr } = await rondo(['tune', '--dry-run', '--study', 'a/b'], { cwd })
  expect(code).toBe(1)
  expect(stderr).toContain('“a/b” cannot be the name of a study')
})

test('with --resume a study is begun, and gone on with the next time', async () => {
  const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
  const args = ['tune', '--study', 'again', '--resume', '--trials']
  expect((await rondo([...args, '2'], { cwd })).stdout).toContain('again: 2 trials (2 completed)')
  expect((await rondo([...args, '3'], { cwd })).stdout).toContain('again: 3 trials (3 completed)')
})

test('flags go over the config, and are kept with the study', async () => {
  const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
  const flags = [
    '--trials',
    '3',
    '--seed',
    '9',
    '--set',
    'y=7',
    '--maximize',
    'value',
    '--studies',
    'kept',
    '--study',
    'flags',
  ]
  expect((await rondo(['tune', ...flags], { cwd })).code).toBe(0)
  const shown = jsonLines((await rondo(['show', 'flags', '--studies', 'kept', '--json'], { cwd })).stdout)
  expect(shown[0]).toMatchObject({ spec: { seed: 9, objective: { direction: 'maximize' } } })
  expect(shown.slice(1).map(({ params }) => (params as { readonly y: number }).y)).toEqual([7, 7, 7])
  // The flags are in the log: to resume, none of them is needed again.
  expect((await rondo(['resume', 'flags', '--studies', 'kept', '--trials', '4'], { cwd })).stdout).toContain(
    'flags: 4 trials',
  )
})

test('a name that is taken is refused, and the study is left alone', async () => {
  const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
  await rondo(['tune', '--study', 'taken'], { cwd })
  const again = await rondo(['tune', '--study', 'taken', '--trials', '20'], { cwd })
  expect(again.code).toBe(1)
  expect(again.stderr).toContain('RONDO_STUDY_EXISTS')
  expect(jsonLines((await rondo(['list', '--json'], { cwd })).stdout)).toMatchObject([{ trials: 6 }])
})

test('an interrupted study says so, and when it is resumed ends as one that was never interrupted', async () => {
  const cwd = folder({ 'rondo.config.ts': SLOW_CONFIG })
  const running = start(['tune', '--study', 'cut'], { cwd })
  await running.said('trial 2')
  running.child.kill('SIGINT')
  const cut = await running.finished
  expect(cut.stderr).toContain('Stopping: running trials write a checkpoint')
  expect(cut.stdout).toContain('rondo resume cut')
  expect(cut.stdout).toMatch(/cut: \d of 8 trials \(.*\d interrupted\)/)
  expect(cut.code).toBe(130)
  expect((await rondo(['list'], { cwd })).stdout).toContain('interrupted')

  const resumed = await rondo(['resume', 'cut'], { cwd })
  expect(resumed.code).toBe(0)
  expect((await rondo(['tune', '--study', 'whole'], { cwd })).code).toBe(0)
  const trialsOf = async (study: string) =>
    jsonLines((await rondo(['show', study, '--json'], { cwd })).stdout).slice(1)
  expect(await trialsOf('cut')).toEqual(await trialsOf('whole'))
})

test('a study whose time is up says so', async () => {
  const cwd = folder({ 'rondo.config.ts': SLOW_CONFIG })
  expect((await rondo(['tune', '--study', 'short', '--time', '1s'], { cwd })).stdout).toContain('time is up')
  const { stdout } = await rondo(['list'], { cwd })
  expect(stdout).toContain('time is up')
  expect(stdout).not.toContain('interrupted')
  expect((await rondo(['show', 'short'], { cwd })).stdout).toContain('rondo resume short --time …')
})

test('another process that asks it to end gets its own exit code', async () => {
  const cwd = folder({ 'rondo.config.ts': SLOW_CONFIG })
  const running = start(['tune', '--study', 'cut'], { cwd })
  await running.said('trial 0')
  running.child.kill('SIGTERM')
  expect((await running.finished).code).toBe(143)
})

test('a second signal ends at once, and nothing that was in the log is lost', async () => {
  const config = SLOW_CONFIG.replace('&& !trial.signal.aborted', '').replace('epochs: 4', 'epochs: 400')
  const cwd = folder({ 'rondo.config.ts': config })
  const running = start(['tune', '--study', 'killed', '--json'], { cwd })
  await running.said('"type":"epoch"')
  expect((await rondo(['verify', 'killed'], { cwd })).stdout).toContain('1 decision made again; every one')
  // npm passes Ctrl-C on to a child that the terminal has sent it to as well: that is no second Ctrl-C.
  running.child.kill('SIGINT')
  running.child.kill('SIGINT')
  await running.said('Ctrl-C again ends at once')
  await setTimeout(400)
  expect(running.child.exitCode).toBe(null)
  running.child.kill('SIGINT')
  expect((await running.finished).code).toBe(130)
  expect(jsonLines((await rondo(['show', 'killed', '--json'], { cwd })).stdout)).toMatchObject([
    { type: 'study' },
    { type: 'trial', state: 'interrupted' },
  ])
})

test('a study of which no trial has completed ends with its own exit code', async () => {
  const config = FUNCTION_CONFIG.replace('(Number(x) - 1) ** 2 + Number(y)', 'Number.NaN')
  const cwd = folder({ 'rondo.config.ts': config })
  const { code, stdout } = await rondo(['tune', '--study', 'none'], { cwd })
  expect(stdout).toContain('RONDO_OBJECTIVE_VALUE')
  expect(stdout).toContain('none: 6 trials (6 failed)')
  expect(code).toBe(3)
  const best = await rondo(['best', 'none'], { cwd })
  expect(best.stderr).toContain('RONDO_STUDY_NO_RESULT')
})

test('a study whose config has changed is not resumed, and what changed is named', async () => {
  const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
  await rondo(['tune', '--study', 'changed'], { cwd })
  writeFileSync(join(cwd, 'rondo.config.ts'), FUNCTION_CONFIG.replace('int(0, 10)', 'int(0, 12)'))
  const { code, stderr } = await rondo(['resume', 'changed', '--trials', '9'], { cwd })
  expect(code).toBe(1)
  expect(stderr).toContain('RONDO_STUDY_CHANGED')
  expect(stderr.replace(/\s+/g, ' ')).toContain('y.high was 10 and is 12')
})

test('what happens is in a log file in the folder of the study, and on the screen with --verbose', async () => {
  const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
  const { stderr } = await rondo(['tune', '--study', 'logged', '--verbose'], { cwd })
  const lines = jsonLines(readFileSync(join(cwd, 'studies', 'logged', 'rondo.log'), 'utf8'))
  expect(lines.filter(({ msg }) => msg === 'trial.suggested')).toHaveLength(6)
  expect(stderr).toContain('trial.suggested')
})

test('a reader that closes the pipe early is no error', async () => {
  const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
  await rondo(['tune', '--study', 'piped'], { cwd })
  const running = start(['show', 'piped'], { cwd })
  running.child.stdout!.destroy()
  expect(await running.finished).toMatchObject({ stderr: '' })
})
