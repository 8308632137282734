export { searchStrategySuite } from './search/search-strategy-suite.ts'
export type { Check, MakePlugin, Suite } from './suite.ts'
