import type { Trainer } from '../contracts/trainer.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { JsonObject } from '../json.ts'
import { describeDifferences } from './compare-specs.ts'
import { composeStudy } from './compose-study.ts'
import type { StudyConfig } from './config.ts'
import type { StudyFingerprint, StudySpec } from './study-spec.ts'

/** The part of a study that a worker needs. */
export interface StudyWorker {
  readonly trainer: Trainer
  readonly fingerprint: StudyFingerprint
  dispose(): Promise<void>
}

/**
 * Composes a study in a worker process: data, model builder and trainer; no strategy, scheduler or store is made.
 *
 * @param environment The worker's own, as for {@link prepareStudy}.
 * @throws RONDO_WORKER_FINGERPRINT where it comes to something else than the study was begun with.
 */
export async function openWorker(
  config: StudyConfig,
  spec: StudySpec,
  environment: JsonObject,
  signal: AbortSignal,
): Promise<StudyWorker> {
  const { composition, trainer, fingerprint } = await composeStudy(config, environment)
  const differences = describeDifferences(spec.fingerprint, fingerprint)
  if (differences !== undefined) {
    await composition.dispose()
    throw new RondoError('RONDO_WORKER_FINGERPRINT', {
      message: `The worker differs from the study: ${differences}.`,
    })
  }
  await composition.start(signal)
  return { trainer, fingerprint, dispose: () => composition.dispose() }
}
