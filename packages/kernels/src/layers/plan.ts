import type { Arena, Buffer } from '../arena.ts'
import type { Address, Kernels } from '../kernels.ts'

/** One pass over one batch. */
export interface Pass {
  /** Samples in this batch, at most the size planned for. */
  readonly batch: number
  /** Whether dropout is at work. */
  readonly training: boolean
  /** The number of the update, which addresses the dropout masks. */
  readonly step: number
  /** Steps of each sample `[batch]` (int32), or 0 where all are whole. */
  readonly lengths: Address
}

/** What flows from one layer to the next: `[steps, batch, stride]` of which `[…, width]` count, or `[batch, stride]`. */
export interface Signal {
  readonly width: number
  readonly stride: number
  /** 1 where it is no sequence. */
  readonly steps: number
  value(pass: Pass): Address
  /** Where the layer behind puts ∂L/∂value; absent where no layer before has a use for it. */
  readonly gradient?: Buffer
}

/** A trained array, row-major as tfjs holds it. */
export interface Weight {
  readonly name: string
  readonly shape: readonly number[]
  readonly length: number
  /** Whether L2 applies: kernels, but not biases. */
  readonly penalised: boolean
  /** Read anew for each use: tfjs may move it. */
  address(): Address
  /** ∂L/∂w after the backward pass, in the same layout. */
  readonly gradient: Buffer
}

/** What layers are planned with. */
export interface Planner {
  readonly kernels: Kernels
  readonly arena: Arena
  /** The largest batch. */
  readonly batch: number
  /** Address of the dropout masks; see `dropoutMask`. */
  readonly seed: number
  readonly fold: number
  /** Constants that the activations read. */
  readonly constants: Buffer
  /** A float buffer of at least that many zeros, shared. */
  zeros(length: number): Buffer
  /** Space shared by all layers' weight gradients, one layer at a time. */
  scratch(length: number): Buffer
  weight(name: string, shape: readonly number[], penalised: boolean): Weight
}

/** A layer as a sequence of calls. */
export interface LayerPlan {
  readonly output: Signal
  readonly weights: readonly Weight[]
  /** Brings the weights into the form that the passes read; before the first pass and after each change. */
  pack(training: boolean): void
  forward(pass: Pass): void
  /** From ∂L/∂output to the weights' gradients and ∂L/∂input. */
  backward(pass: Pass): void
  /** Absent where the layer has none. */
  readonly dropout?: DropoutControl
  /** Gate statistics of the last forward pass, added up. */
  readonly gates?: { collect(pass: Pass, into: Address): void }
}

/** A dropout rate that may be changed between updates. */
export interface DropoutControl {
  /** Whether the layer was planned with dropout: one planned without has no room for masks. */
  readonly declared: boolean
  rate: number
}
