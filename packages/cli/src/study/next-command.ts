import { resolve } from 'node:path'
import { nearPath } from '../terminal/near-path.ts'
import { shellWord } from '../terminal/shell-word.ts'
import { DEFAULT_STUDIES } from './default-studies.ts'

/**
 * A command for people to type, quoted for their shell. Commands of what is printed about studies are made here, so that
 * each works as it is printed; those in the remedies of errors know no folder.
 *
 * @param words What follows `rondo`.
 * @param studies The folder of studies that it is about; it is named where it is not the one that is looked in anyway.
 */
export function nextCommand(words: readonly (string | number)[], studies?: string): string {
  const isNamed = studies !== undefined && resolve(studies) !== resolve(DEFAULT_STUDIES)
  const place = isNamed ? ['--studies', nearPath(resolve(studies))] : []
  return ['rondo', ...words, ...place].map((word) => shellWord(String(word))).join(' ')
}
