/** An address in the memory of the module, in bytes; 0 stands for nothing. */
export type Address = number

/** What the module exports; shapes and formulas stand with each kernel in `assembly/`. */
export interface Kernels {
  watch(map: Address): void
  widen(on: number): void
  zero(address: Address, length: number): void
  writeConstants(to: Address): void
  activateAll(code: number, constants: Address, y: Address, length: number): void
  activateBackward(code: number, y: Address, dy: Address, length: number): void
  multiply(
    rows: number,
    panels: number,
    depth: number,
    a: Address,
    lda: number,
    b: Address,
    i: Address,
    ldi: number,
    c: Address,
    ldc: number,
  ): void
  pack(rows: number, columns: number, from: Address, ld: number, to: Address): void
  packTransposed(
    rows: number,
    columns: number,
    from: Address,
    ld: number,
    to: Address,
    depth: number,
    first: number,
    width: number,
  ): void
  unpad(rows: number, width: number, pad: number, from: Address, to: Address): void
  weightGradients(
    rows: number,
    panels: number,
    d: Address,
    ldd: number,
    ldg: number,
    features: number,
    x: Address,
    ldx: number,
    dw: Address,
    units: number,
    h: Address,
    ldh: number,
    dr: Address,
    db: Address,
    scratch: Address,
  ): void
  lstmForward(
    batch: number,
    first: number,
    count: number,
    units: number,
    activation: number,
    recurrent: number,
    constants: Address,
    z: Address,
    r: Address,
    h: Address,
    c: Address,
    s: Address,
    mask: Address,
    m: Address,
    lengths: Address,
  ): void
  lstmBackward(
    batch: number,
    steps: number,
    first: number,
    count: number,
    units: number,
    activation: number,
    recurrent: number,
    sequences: number,
    z: Address,
    rt: Address,
    c: Address,
    s: Address,
    out: Address,
    rec: Address,
    dc: Address,
    mask: Address,
    carry: Address,
    lengths: Address,
    zeros: Address,
  ): void
  gruForward(
    batch: number,
    first: number,
    count: number,
    units: number,
    activation: number,
    recurrent: number,
    constants: Address,
    z: Address,
    w: Address,
    h: Address,
    q: Address,
    mask: Address,
    m: Address,
    lengths: Address,
  ): void
  gruBackward(
    batch: number,
    steps: number,
    first: number,
    count: number,
    units: number,
    activation: number,
    recurrent: number,
    sequences: number,
    z: Address,
    gt: Address,
    wt: Address,
    m: Address,
    out: Address,
    dm: Address,
    dq: Address,
    mask: Address,
    carry: Address,
    lengths: Address,
    zeros: Address,
  ): void
  copySteps(
    batch: number,
    steps: number,
    width: number,
    backwards: number,
    lengths: Address,
    from: Address,
    strideFrom: number,
    to: Address,
    strideTo: number,
  ): void
  addSteps(
    batch: number,
    steps: number,
    width: number,
    backwards: number,
    lengths: Address,
    from: Address,
    strideFrom: number,
    to: Address,
    strideTo: number,
  ): void
  gatherWindows(
    batch: number,
    steps: number,
    features: number,
    series: Address,
    starts: Address,
    lengths: Address,
    x: Address,
  ): void
  toTimeMajor(batch: number, steps: number, width: number, pad: number, from: Address, to: Address): void
  toBatchMajor(batch: number, steps: number, width: number, pad: number, from: Address, to: Address): void
  gatherRows(batch: number, width: number, from: Address, index: Address, to: Address): void
  dropoutMask(
    seed: number,
    fold: number,
    step: number,
    layer: number,
    use: number,
    length: number,
    threshold: number,
    scale: number,
    to: Address,
  ): void
  applyMask(length: number, x: Address, mask: Address, y: Address): void
  applyMaskPerStep(steps: number, rows: number, x: Address, mask: Address, y: Address): void
  elementwiseLoss(
    code: number,
    batch: number,
    outputs: number,
    p: Address,
    ldp: number,
    y: Address,
    weights: Address,
    total: number,
    parameters: Address,
    dp: Address,
  ): number
  categoricalLoss(
    batch: number,
    outputs: number,
    p: Address,
    ldp: number,
    y: Address,
    weights: Address,
    total: number,
    dp: Address,
  ): number
  softmax(batch: number, outputs: number, p: Address, ldp: number): void
  sigmoid(batch: number, outputs: number, p: Address, ldp: number): void
  adam(
    length: number,
    w: Address,
    g: Address,
    m: Address,
    v: Address,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    keep: number,
  ): void
  rmsprop(
    length: number,
    w: Address,
    g: Address,
    v: Address,
    rate: number,
    rho: number,
    epsilon: number,
  ): void
  sgd(length: number, w: Address, g: Address, v: Address, rate: number, momentum: number): void
  sumSquares(length: number, x: Address): number
  scale(length: number, x: Address, factor: number): void
  clipValues(length: number, x: Address, limit: number): void
  addPenalty(length: number, w: Address, g: Address, lambda: number): void
  gateStatistics(
    batch: number,
    steps: number,
    units: number,
    gate: number,
    z: Address,
    lengths: Address,
    into: Address,
  ): void
}

/** The names of all exports. The type makes sure that none is forgotten. */
export const KERNEL_NAMES: { readonly [name in keyof Kernels]: true } = {
  watch: true,
  widen: true,
  zero: true,
  writeConstants: true,
  activateAll: true,
  activateBackward: true,
  multiply: true,
  pack: true,
  packTransposed: true,
  unpad: true,
  weightGradients: true,
  lstmForward: true,
  lstmBackward: true,
  gruForward: true,
  gruBackward: true,
  copySteps: true,
  addSteps: true,
  gatherWindows: true,
  toTimeMajor: true,
  toBatchMajor: true,
  gatherRows: true,
  dropoutMask: true,
  applyMask: true,
  applyMaskPerStep: true,
  elementwiseLoss: true,
  categoricalLoss: true,
  softmax: true,
  sigmoid: true,
  adam: true,
  rmsprop: true,
  sgd: true,
  sumSquares: true,
  scale: true,
  clipValues: true,
  addPenalty: true,
  gateStatistics: true,
}

/** Floats that `writeConstants` writes. */
export const CONSTANT_FLOATS = 13 * 4

/** Codes of activations in the module. */
export const ACTIVATION_CODES = { linear: 0, tanh: 1, sigmoid: 2, relu: 3, hardSigmoid: 4 } as const

/** The next multiple of 8: rows of activations are padded to it. */
export const padded = (length: number): number => (length + 7) & ~7
