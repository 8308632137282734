export type { ProcessPoolOptions } from './process-pool.ts'
export { processPool } from './process-pool.ts'
