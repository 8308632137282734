// Bayes under ASHA on a mixed space, to be killed; says a line for each event: node mixed-program.ts DIRECTORY TRIALS
import { prepareStudy } from '@rondo/core'
import { sqliteStore } from '@rondo/store-sqlite'
import { slowDescent } from '../../packages/core/test/study/training.ts'
import { createOrResume } from '../kill/create-or-resume.ts'
import { failing, mixedStudy } from './mixed-study.ts'

const [directory, trials] = process.argv.slice(2)
const prepared = await prepareStudy(
  mixedStudy({
    trials: Number(trials),
    trainer: failing(slowDescent()),
    store: sqliteStore({ directory: directory! }),
  }),
  { observer: { onEvent: ({ event }) => console.log(event.type) } },
)
const study = createOrResume(prepared)
await study.run()
await study.dispose()
