// A study on two worker processes, to be killed: node pool-program.ts DIRECTORY
import { prepareStudy } from '@rondo/core'
import studyOf from './pool-study.ts'

const overrides = { directory: process.argv[2]! }
const module = new URL('./pool-study.ts', import.meta.url).href
const prepared = await prepareStudy(studyOf(overrides), { module, overrides })
console.log('ready')
const study = prepared.exists() ? prepared.resume() : prepared.create()
await study.run()
await study.dispose()
