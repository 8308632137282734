import { cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { RondoError } from '@rondo/core'
import { writeError } from '@rondo/store-sqlite'
import { modelFolder, readModelFolder } from './model-folder.ts'

/**
 * Copies the model of a study into a folder of its own, with nothing that links back: whole or not at all.
 *
 * @param study The study's folder.
 * @param target Where nothing is yet.
 * @throws RONDO_ARTIFACT_MISSING, RONDO_ARTIFACT_DAMAGED, RONDO_USAGE where something is there, RONDO_STORE_WRITE
 */
export function copyModel(study: string, target: string): void {
  if (existsSync(target)) {
    throw new RondoError('RONDO_USAGE', {
      message: `${target} is there already.`,
      value: target,
      place: { file: target, field: '--model' },
      remedy: 'Name a folder that is not there yet, or remove this one.',
    })
  }
  // All files from one version, even where a better model takes its place meanwhile.
  const source = realpathSync(modelFolder(study, dirname(study)))
  readModelFolder(source, '')
  const aside = `${target}.${process.pid}.tmp`
  try {
    mkdirSync(aside)
    cpSync(source, aside, { recursive: true, dereference: true })
    renameSync(aside, target)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    throw writeError(error, { file: target })
  }
}
