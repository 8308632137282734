import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import { RondoError } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'

/** The whole of tfjs, as imported. */
export type Tf = typeof tfjs

let started: Promise<Tf> | undefined

/**
 * Loads tfjs and starts its single-threaded SIMD build on WASM, once a process. The binary comes from the installed
 * package, never from the network. The threaded build is not used: it shows no memory to other modules, and trials
 * share the cores better as processes.
 *
 * @throws RONDO_BACKEND
 */
export function startBackend(): Promise<Tf> {
  started ??= start().catch((cause: unknown) => {
    started = undefined
    throw new RondoError('RONDO_BACKEND', {
      message: `The WASM backend of tfjs did not start: ${cause instanceof Error ? cause.message : JSON.stringify(cause)}.`,
      cause,
    })
  })
  return started
}

async function start(): Promise<Tf> {
  const tf = await import('@tensorflow/tfjs')
  const wasm = await import('@tensorflow/tfjs-backend-wasm')
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')))
    throw new Error('this CPU or runtime has no WebAssembly SIMD')
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  // A backend that the program has started before stays as it is; paths cannot be set a second time.
  if (!(tf.getBackend() === 'wasm')) {
    const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))
    wasm.setWasmPaths(folder + sep)
    if (!(await tf.setBackend('wasm'))) throw new Error('tf.setBackend refused it')
  }
  return tf
}
