import * as tf from '@tensorflow/tfjs'
import { uncovered } from '../coverage.ts'
import type { CompiledBuild } from '../module.ts'
import type { LstmLayer } from '../network.ts'
import { type Config, describeLayer } from './describe-model.ts'
import { hostIn, sharesMemory, type TfjsHost } from './host.ts'
import { type LstmCall, type LstmOperation, planLstmOperation } from './lstm-operation.ts'

/** The operations as tfjs knows them; a profile shows them by these names. */
const FORWARD = 'RondoLstm'
const BACKWARD = 'RondoLstmGrad'

/** As much of tfjs's LSTM layer as is used. */
interface TfjsLstm {
  getConfig(): Config
  readonly weights: readonly { read(): tf.Tensor }[]
  readonly cell: { readonly dropout: number }
}

interface CallOptions {
  readonly mask?: unknown
  readonly training?: boolean
  readonly initialState?: unknown
}

type Call = (
  this: TfjsLstm,
  inputs: tf.Tensor | tf.Tensor[],
  options?: CallOptions,
) => tf.Tensor | tf.Tensor[]

/** As much of the backend as is used to make outputs. */
interface OutputMaker {
  makeOutput(shape: readonly number[], dtype: 'float32'): tf.TensorInfo
}

/** Options under which a layer returns or keeps more than its output, or reads its input otherwise. */
const UNCOVERED_OPTIONS = ['goBackwards', 'stateful', 'returnState']

const hosts = new WeakMap<object, TfjsHost>()
const described = new WeakMap<object, { readonly layer: LstmLayer; readonly id: number } | 'uncovered'>()
let layers = 0
/** Calls with dropout so far: the address of the next one's masks. */
let calls = 0

/** The layer as data, or why not; read once for each layer. */
function describe(layer: TfjsLstm) {
  const known = described.get(layer)
  if (known) return known
  const config = layer.getConfig()
  const data = describeLayer('LSTM', config) as LstmLayer
  const alone = { steps: 1, features: 1, layers: [data, { kind: 'dense', units: 1 }] } as const
  const missing = uncovered(
    { ...alone, layers: [{ ...data, returnSequences: false }, alone.layers[1]] },
    { loss: { name: 'mse' }, optimizer: { name: 'adam' }, learningRate: 0 },
  )
  const covered = missing.length === 0 && !UNCOVERED_OPTIONS.some((option) => config[option])
  const result = covered ? { layer: data, id: layers++ } : 'uncovered'
  described.set(layer, result)
  return result
}

function registerOperations(compiled: CompiledBuild): void {
  const hostOf = (backend: object): TfjsHost => {
    const host = hosts.get(backend) ?? hostIn(backend, compiled)
    hosts.set(backend, host)
    return host
  }
  const prepare = (inputs: tf.NamedTensorInfoMap, backend: object, attrs: tf.NamedAttrMap | undefined) => {
    const host = hostOf(backend)
    const at = (name: string) => host.addressOf(inputs[name] as tf.TensorInfo)
    const names = ['kernel', 'recurrentKernel', 'bias'].filter((name) => inputs[name])
    const operation: LstmOperation = planLstmOperation(attrs as unknown as LstmCall, host, names.map(at))
    const make = (shape: readonly number[]) => (backend as OutputMaker).makeOutput(shape, 'float32')
    return { host, at, names, operation, make }
  }
  tf.registerKernel({
    kernelName: FORWARD,
    backendName: 'wasm',
    kernelFunc({ inputs, backend, attrs }) {
      const { host, at, operation, make } = prepare(inputs, backend as object, attrs)
      const output = make(operation.outputShape)
      const state = make([operation.floats])
      operation.forward(host.addressOf(state), at('x'), host.addressOf(output))
      return [output, state]
    },
  })
  tf.registerKernel({
    kernelName: BACKWARD,
    backendName: 'wasm',
    kernelFunc({ inputs, backend, attrs }) {
      const { host, at, names, operation, make } = prepare(inputs, backend as object, attrs)
      const { shape } = attrs as unknown as LstmCall
      const dx = make(shape)
      const gradients = names.map((name) => make((inputs[name] as tf.TensorInfo).shape))
      operation.backward(at('state'), at('dy'), host.addressOf(dx), gradients.map(host.addressOf))
      return [dx, ...gradients]
    },
  })
}

/** Runs the operation on the tape: the saved state goes to the gradient and is disposed of by tfjs. */
function run(layer: TfjsLstm, call: LstmCall, x: tf.Tensor3D): tf.Tensor {
  const weights = layer.weights.map((weight) => weight.read())
  const named = (tensors: readonly tf.Tensor[]): tf.NamedTensorMap =>
    Object.fromEntries(
      ['kernel', 'recurrentKernel', 'bias'].flatMap((name, n) => (tensors[n] ? [[name, tensors[n]]] : [])),
    )
  const attrs = call as unknown as tf.NamedAttrMap
  const operation = tf.customGrad((...args) => {
    const save = args.at(-1) as tf.GradSaveFunc
    const [input, ...tensors] = args.slice(0, -1) as tf.Tensor[]
    const [output, state] = tf
      .engine()
      .runKernel(FORWARD, { x: input as tf.Tensor, ...named(tensors) }, attrs) as [tf.Tensor, tf.Tensor]
    save([state, ...tensors])
    return {
      value: output,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [kept, ...rest] = saved as [tf.Tensor, ...tf.Tensor[]]
        return tf
          .engine()
          .runKernel(BACKWARD, { dy, state: kept, ...named(rest) }, attrs) as unknown as tf.Tensor[]
      },
    }
  })
  return operation(x, ...weights)
}

/** The class of tfjs's LSTM layers. Found in the map by which models are loaded: making a layer would use up a name. */
function lstmPrototype(): { call: Call } {
  const entry = tf.serialization.SerializationMap.getMap().classNameMap.LSTM
  return (entry as unknown as readonly [{ readonly prototype: { call: Call } }])[0].prototype
}

/**
 * Replaces `call` of tfjs's LSTM layers by one operation with a gradient of its own. A call goes to the original where
 * the layer's options are not covered (another activation, `goBackwards`, `stateful`, `returnState`), where it has a
 * mask or an initial state, or where the backend in use is not the WASM backend with a memory to share.
 *
 * @returns what undoes it
 */
export function patchLstm(compiled: CompiledBuild): () => void {
  registerOperations(compiled)
  const prototype = lstmPrototype()
  const original = prototype.call
  prototype.call = function (inputs, options = {}) {
    const x = Array.isArray(inputs) ? inputs[0] : inputs
    const alone = !Array.isArray(inputs) || inputs.length === 1
    const plain = !options.mask && !options.initialState && alone && x?.rank === 3 && x.dtype === 'float32'
    const known = plain && sharesMemory(tf.backend()) ? describe(this) : 'uncovered'
    if (known === 'uncovered') return original.call(this, inputs, options)
    const { layer, id } = known
    const training = options.training ?? false
    const { shape } = x as tf.Tensor3D
    const step = training ? calls++ : 0
    return tf.tidy(() => run(this, { layer, shape, training, step, id }, x as tf.Tensor3D))
  }
  return () => {
    prototype.call = original
    tf.unregisterKernel(FORWARD, 'wasm')
    tf.unregisterKernel(BACKWARD, 'wasm')
  }
}
