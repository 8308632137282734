import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { runTrial } from './trial.ts'

declare global {
  interface Window {
    runTrial: (wasmPath: string, updates: number) => ReturnType<typeof runTrial>
  }
}

window.runTrial = (wasmPath, updates) => {
  setWasmPaths(wasmPath)
  return runTrial(updates)
}
