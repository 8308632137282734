import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { type ArtifactFiles, type Json, RondoError } from '@rondo/core'
import { preprocessFromJson } from '@rondo/dataset'
import { readNetwork } from '@rondo/trainer-tfjs'

/** The folder of a study that holds the model in use, once retuning has brought a better one than its best. */
export const IN_USE = 'in-use'

/** What a saved model needs to predict. */
const NEEDED = ['model.json', 'weights.bin', 'preprocess.json']

/**
 * The files of a saved model; before a study is finished these are models of folds, the first in the folder itself.
 *
 * @param place As in {@link modelFolder}.
 * @throws RONDO_ARTIFACT_MISSING, and RONDO_ARTIFACT_DAMAGED where the files can't be read or do not belong together.
 */
export function readModelFolder(place: string, studies: string): readonly ArtifactFiles[] {
  const folder = modelFolder(place, studies)
  const folds = readdirSync(folder)
    .filter((name) => /^fold-\d+$/.test(name))
    .sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)))
  return [folder, ...folds.map((fold) => join(folder, fold))].map(readFiles)
}

/**
 * The folder of a saved model. `place` is that folder, or the name of a study: then the model that retuning has put into
 * use is meant, else its best.
 *
 * @throws RONDO_ARTIFACT_MISSING
 */
export function modelFolder(place: string, studies: string): string {
  const inside = [place, join(studies, place)].flatMap((study) => [join(study, IN_USE), join(study, 'best')])
  const candidates = [place, ...inside]
  const folder = candidates.find((candidate) => existsSync(join(candidate, 'model.json')))
  if (folder !== undefined) return folder
  const link = candidates.find(isLinkToNothing)
  throw new RondoError('RONDO_ARTIFACT_MISSING', {
    message:
      link === undefined
        ? `There is no saved model in ${place}.`
        : `There is no saved model in ${place}: ${link} is a link to ${readlinkSync(link)}, where nothing is.`,
    value: place,
    place: { file: link ?? place },
    remedy:
      link === undefined
        ? 'Name the folder that holds model.json, such as studies/births/best, or a study.'
        : 'best/ is a link into the folder of its study. Copy what it shows: cp -rL studies/births/best FOLDER, or rondo export births --model FOLDER.',
  })
}

/** As `cp -r` makes one of `best/`. */
const isLinkToNothing = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true && !existsSync(path)

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
  const files = Object.fromEntries(
    names.map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]),
  )
  readNetwork(files, folder + sep)
  const preprocess = join(folder, 'preprocess.json')
  preprocessFromJson(parsed(files['preprocess.json']!, preprocess), preprocess)
  return files
}

function parsed(bytes: Uint8Array, file: string): Json {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json
  } catch (cause) {
    throw new RondoError('RONDO_ARTIFACT_DAMAGED', {
      message: `${file} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}.`,
      place: { file },
      remedy: 'Copy the whole folder of the model anew, from where it is whole.',
      cause,
    })
  }
}
