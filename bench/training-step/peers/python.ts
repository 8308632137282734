import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Peer, PeerKind } from '../peer.ts'

/** Programs that run an update for each line they read and answer with a line. */
const PROGRAMS = { torch: 'torch_step.py', keras: 'keras_step.py' } as const

/** Whether python3 has a module. */
export function pythonHas(module: keyof typeof PROGRAMS): boolean {
  return spawnSync('python3', ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0
}

/** A framework in Python, on one thread, in a process of its own that waits while others are timed. */
export const python = (name: string, module: keyof typeof PROGRAMS): PeerKind => ({
  name,
  async make({ batch, steps, features, units }) {
    const program = fileURLToPath(new URL(PROGRAMS[module], import.meta.url))
    const threads = { OMP_NUM_THREADS: '1', TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' }
    const child: ChildProcess = spawn('python3', [program, ...[batch, steps, features, units].map(String)], {
      env: { ...process.env, ...threads, TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '' },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    if (!child.stdin || !child.stdout) throw new Error(`${program} has no pipes.`)
    const { stdin } = child
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const peer: Peer = {
      async update() {
        stdin.write('\n')
        const { done } = await lines.next()
        if (done) throw new Error(`${program} ended before its update.`)
      },
      dispose() {
        stdin.end()
      },
    }
    return peer
  },
})
