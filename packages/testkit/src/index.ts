export { schedulerSuite } from './scheduler/scheduler-suite.ts'
export { searchStrategySuite } from './search/search-strategy-suite.ts'
export { splitterSuite } from './splitter/splitter-suite.ts'
export type { Check, MakePlugin, Suite } from './suite.ts'
