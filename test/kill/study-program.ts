// A study that takes a second or two, to be killed: node study-program.ts DIRECTORY one|three
import { inProcess, prepareStudy } from '@rondo/core'
import { sqliteStore } from '@rondo/store-sqlite'
import { descentStudy } from '../../packages/core/test/study/helpers.ts'
import { slowDescent } from '../../packages/core/test/study/training.ts'
import { createOrResume } from './create-or-resume.ts'

const [directory, workers] = process.argv.slice(2)
const store = sqliteStore({ directory: directory! })
const common = { trials: 40, trainer: slowDescent({ epochMs: () => 12 }), store }
const config =
  workers === 'three'
    ? descentStudy({ ...common, ordered: { lag: 2 }, executor: inProcess({ concurrency: 3 }) })
    : descentStudy(common)
console.log('ready')
const prepared = await prepareStudy(config)
const study = createOrResume(prepared)
await study.run()
await study.dispose()
