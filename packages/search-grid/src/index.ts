export { grid } from './grid.ts'
export { type GridOptions, gridOptions } from './options.ts'
