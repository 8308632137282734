import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type ArtifactFiles, RondoError } from '@rondo/core'

/** The folder of a study that holds the model in use, once retuning has brought a better one than its best. */
export const IN_USE = 'in-use'

/** What a saved model needs to predict. */
const NEEDED = ['model.json', 'weights.bin', 'preprocess.json']

/**
 * The files of a saved model; before a study is finished these are models of folds, the first in the folder itself.
 * `place` is the folder, or the name of a study: then the model that retuning has put into use is meant, else its best.
 *
 * @throws RONDO_ARTIFACT_MISSING
 */
export function readModelFolder(place: string, studies: string): readonly ArtifactFiles[] {
  const inside = [place, join(studies, place)].flatMap((study) => [join(study, IN_USE), join(study, 'best')])
  const folder = [place, ...inside].find((candidate) => existsSync(join(candidate, 'model.json')))
  if (folder === undefined) {
    throw new RondoError('RONDO_ARTIFACT_MISSING', {
      message: `There is no saved model in ${place}.`,
      value: place,
      place: { file: place },
      remedy: 'Name the folder that holds model.json, such as studies/births/best, or a study.',
    })
  }
  const folds = readdirSync(folder)
    .filter((name) => /^fold-\d+$/.test(name))
    .sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)))
  return [folder, ...folds.map((fold) => join(folder, fold))].map(readFiles)
}

function readFiles(folder: string): ArtifactFiles {
  const missing = NEEDED.find((name) => !existsSync(join(folder, name)))
  if (missing !== undefined) {
    throw new RondoError('RONDO_ARTIFACT_MISSING', {
      message: `The model in ${folder} has no ${missing}.`,
      value: missing,
      place: { file: join(folder, missing) },
      remedy: 'Copy the whole folder: model, weights and preprocessing belong together.',
    })
  }
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile())
  return Object.fromEntries(names.map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]))
}
