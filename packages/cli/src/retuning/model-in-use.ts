import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type ArtifactFiles, type Incumbent, type Params, RondoError, type Store } from '@rondo/core'
import { IN_USE, readModelFolder } from '../prediction/model-folder.ts'
import { nextCommand } from '../study/next-command.ts'

/** The file in it that tells from which study the model came. */
const ORIGIN = 'origin.json'

/** The model that a family of studies predicts with. */
export interface ModelInUse extends Incumbent {
  /** From the working directory. */
  readonly folder: string
  /** The study that it was trained in. */
  readonly study: string
}

/**
 * The model in use: the last that retuning has shipped, else the best of `study`.
 *
 * @throws RONDO_ARTIFACT_MISSING, and RONDO_STUDY_NO_RESULT where there are but models of folds yet.
 */
export function modelInUse(study: string, family: string, studies: string): ModelInUse {
  const shipped = join(studies, family, IN_USE)
  const folder = existsSync(join(shipped, 'model.json')) ? shipped : join(studies, study, 'best')
  const [files, ...others] = readModelFolder(folder, studies)
  if (others.length > 0) {
    throw new RondoError('RONDO_STUDY_NO_RESULT', {
      message: `The best of study “${study}” is a model for each of ${others.length + 1} folds yet, and none that was trained on all rows.`,
      place: { study },
      remedy: `Finish it first: ${nextCommand(['finish', study], studies)}`,
    })
  }
  const origin = files![ORIGIN]
  return {
    files: files!,
    params: jsonOf(files!['params.json']) as Params,
    folder: relative(process.cwd(), folder),
    study: origin === undefined ? study : (jsonOf(origin) as { readonly study: string }).study,
  }
}

/** Makes the best model of `study` the one in use, in one step: whoever reads meanwhile finds the old one or the new one, whole. */
export async function putInUse(
  store: Store,
  family: string,
  study: string,
  best: ArtifactFiles,
): Promise<void> {
  const log = store.open(family, 'write')
  try {
    const name = `retuned/${study}`
    const files = { ...best, [ORIGIN]: new TextEncoder().encode(`${JSON.stringify({ study })}\n`) }
    await log.artifacts.publish(await log.artifacts.write(name, files), IN_USE)
    // What is published is a copy of its own.
    await log.artifacts.remove(name)
  } finally {
    log.close()
  }
}

const jsonOf = (bytes: Uint8Array | undefined): unknown =>
  JSON.parse(new TextDecoder().decode(bytes ?? new TextEncoder().encode('{}')))
