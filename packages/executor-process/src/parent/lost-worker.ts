import { RondoError } from '@rondo/core'

/** Why a worker is gone. */
export type Loss =
  | { readonly how: 'exited'; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly how: 'silent'; readonly ms: number }
  | { readonly how: 'stalled'; readonly ms: number }
  | { readonly how: 'memory'; readonly usedMb: number; readonly memoryMb: number }
  | { readonly how: 'unstartable'; readonly message: string }

/** RONDO_WORKER_LOST, with what is known of the end and the worker's last lines. */
export function lostWorker(loss: Loss, pid: number | undefined, lastLines: string): RondoError {
  const outOfHeap = lastLines.includes('JavaScript heap out of memory')
  return new RondoError('RONDO_WORKER_LOST', {
    message: `The worker process ${pid ?? ''} ${outOfHeap ? 'ran out of memory' : reason(loss)}.`.replace(
      '  ',
      ' ',
    ),
    value: { ...loss, ...(lastLines === '' ? {} : { lastLines }) },
    ...(loss.how === 'memory' || outOfHeap
      ? {
          remedy:
            'Lower units, layers, window or batch size, use fewer workers, or allow more with memoryMb.',
        }
      : {}),
  })
}

function reason(loss: Loss): string {
  switch (loss.how) {
    case 'exited':
      if (loss.signal === 'SIGKILL') return 'was killed, perhaps by the system for want of memory'
      return loss.signal === null ? `ended with exit code ${loss.code}` : `was ended by ${loss.signal}`
    case 'silent':
      return `gave no sign of life for ${seconds(loss.ms)}`
    case 'stalled':
      return `got nowhere for ${seconds(loss.ms)}`
    case 'memory':
      return `used ${loss.usedMb} MB of memory; ${loss.memoryMb} are allowed`
    case 'unstartable':
      return `could not be started: ${loss.message}`
  }
}

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`
