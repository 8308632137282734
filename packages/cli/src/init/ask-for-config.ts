import { readdirSync } from 'node:fs'
import { isCancel, select, text } from '@clack/prompts'
import type { ConfigAnswers } from './config-text.ts'
import { readColumns } from './data-columns.ts'

/** Asks a person for what the command line doesn't say; `undefined` where they change their mind. */
export async function askForConfig(
  file: string | undefined,
  target: readonly string[] | undefined,
): Promise<ConfigAnswers | undefined> {
  const data = file ?? (await askForFile())
  if (data === undefined) return undefined
  const columns = await readColumns(data)
  const chosen =
    target === undefined ? await askForTarget(columns.all, columns.numbers) : columns.require(target)
  if (chosen === undefined) return undefined
  const { hasTime, hasMissing } = columns
  return { file: data, target: chosen, hasTime, hasMissing }
}

async function askForFile(): Promise<string | undefined> {
  const files = readdirSync('.').filter((name) => /\.(csv|tsv)(\.gz)?$/i.test(name))
  const answer =
    files.length === 0
      ? await text({ message: 'Which CSV file holds the data?', placeholder: 'data.csv' })
      : await select({
          message: 'Which file holds the data?',
          options: files.map((value) => ({ value, label: value })),
        })
  return isCancel(answer) || answer === '' ? undefined : answer
}

async function askForTarget(
  all: readonly string[],
  numbers: readonly string[],
): Promise<readonly string[] | undefined> {
  const last = numbers.at(-1)
  const answer = await select({
    message: 'Which column is to be predicted?',
    options: all.map((value) => ({
      value,
      label: value,
      ...(numbers.includes(value) ? {} : { hint: 'no numbers' }),
    })),
    ...(last === undefined ? {} : { initialValue: last }),
  })
  return isCancel(answer) ? undefined : [answer]
}
