import { ARTIFACTS } from '../contracts/artifacts.ts'
import { CALLBACK } from '../contracts/callback.ts'
import { CLOCK } from '../contracts/clock.ts'
import { DATASET } from '../contracts/dataset.ts'
import { EXECUTOR } from '../contracts/executor.ts'
import { LOGGER } from '../contracts/logger.ts'
import { MODEL_BUILDER } from '../contracts/model-builder.ts'
import { SCHEDULER } from '../contracts/scheduler.ts'
import { SEARCH_STRATEGY } from '../contracts/search-strategy.ts'
import { SPLITTER } from '../contracts/splitter.ts'
import { STORE } from '../contracts/store.ts'
import { STUDY_SPACE } from '../contracts/study-space.ts'
import { TRAINER } from '../contracts/trainer.ts'
import type { Token } from './token.ts'

/** The contracts of core: a plugin for another version of one of them is refused. */
export const CORE_CONTRACTS: readonly Token<unknown>[] = [
  ARTIFACTS,
  CALLBACK,
  CLOCK,
  DATASET,
  EXECUTOR,
  LOGGER,
  MODEL_BUILDER,
  SCHEDULER,
  SEARCH_STRATEGY,
  SPLITTER,
  STORE,
  STUDY_SPACE,
  TRAINER,
]
