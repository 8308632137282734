export { asha } from './asha.ts'
export { hyperband } from './hyperband.ts'
export { medianStop } from './median-stop.ts'
export type { AshaOptions, HyperbandOptions, MedianStopOptions } from './options.ts'
