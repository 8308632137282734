// The study that the workers of pool-program.ts rebuild.
import type { JsonObject, StudyConfig } from '@rondo/core'
import { processPool } from '@rondo/executor-process'
import { sqliteStore } from '@rondo/store-sqlite'
import { descentStudy } from '../../packages/core/test/study/helpers.ts'
import { drawing } from '../../packages/core/test/study/strategies.ts'
import { slowDescent } from '../../packages/core/test/study/training.ts'

export default ({ directory }: JsonObject): StudyConfig =>
  descentStudy({
    search: drawing(),
    trials: 16,
    epochs: 5,
    trainer: slowDescent({ epochMs: () => 25 }),
    store: sqliteStore({ directory: String(directory) }),
    executor: processPool({ workers: 2, heartbeatMs: 100 }),
  })
