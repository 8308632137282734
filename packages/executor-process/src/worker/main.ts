import './leave-signals.ts'
import { type LegResult, RondoError, type StudyWorker } from '@rondo/core'
import type { FromWorker, ToWorker } from '../messages.ts'
import { sendError } from '../sent-error.ts'
import { openStudy } from './open-study.ts'
import { RemoteArtifacts } from './remote-artifacts.ts'
import { startHeartbeat } from './start-heartbeat.ts'

/** The process of one worker: opens the study, then runs one leg after another until it is told to close. */

let study: StudyWorker | undefined
let interruption = new AbortController()
/** Counts turns of the event loop and messages: as long as it moves, the leg is not stuck. */
let progress = (): void => {}

const artifacts = new RemoteArtifacts((call, request) => say({ type: 'call', call, request }))

process.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'open':
      void answer(() => open(message))
      return
    case 'run':
      interruption = new AbortController()
      void answer(async () => ({ type: 'done', result: await runLeg(message) }))
      return
    case 'interrupt':
      interruption.abort()
      return
    case 'answer':
      artifacts.answer(message.call, message.value)
      return
    case 'refusal':
      artifacts.refuse(message.call, message.error)
      return
    case 'close':
      void close()
  }
})

// The parent has gone: nobody waits for the leg.
process.on('disconnect', () => process.exit(1))

async function open({ spec, limits }: Extract<ToWorker, { readonly type: 'open' }>): Promise<FromWorker> {
  const heartbeat = startHeartbeat(limits)
  progress = heartbeat.progress
  study = await openStudy(spec)
  await heartbeat.begun
  return { type: 'ready' }
}

async function runLeg({ leg }: Extract<ToWorker, { readonly type: 'run' }>): Promise<LegResult> {
  if (study === undefined) {
    throw new RondoError('RONDO_INTERNAL', { message: 'A worker was given a leg before the study.' })
  }
  const { signal } = interruption
  return study.trainer.run(leg, { signal, artifacts, send: (message) => say({ type: 'message', message }) })
}

async function answer(work: () => Promise<FromWorker>): Promise<void> {
  let reply: FromWorker
  try {
    reply = await work()
  } catch (error) {
    reply = { type: 'failed', error: sendError(error, 'RONDO_PLUGIN_FAILED') }
  }
  say(reply)
}

function say(message: FromWorker): void {
  progress()
  // Without a parent the process ends by itself.
  if (process.connected) process.send?.(message)
}

async function close(): Promise<void> {
  try {
    await study?.dispose()
  } finally {
    process.exit(0)
  }
}
