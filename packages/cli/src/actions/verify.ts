import type { Json } from '@rondo/core'
import type { CommandContext } from '../commands/command-module.ts'
import type { StudyPlaceOptions } from '../commands/output-options.ts'
import { EXIT } from '../exit-codes.ts'
import { flagsOfStudy } from '../study/flags-of-study.ts'
import { prepareSession } from '../study/prepare.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import { count } from '../terminal/quantities.ts'

/** Makes every decision of a study again, and fails where one comes out otherwise than the log has it. */
export async function verify(
  name: string,
  { studies, file }: StudyPlaceOptions,
  { output, exitWith }: CommandContext,
): Promise<void> {
  const { state } = readStudyOf(openStore(studies), name)
  const session = await prepareSession({ flags: flagsOfStudy(name, state.spec, { studies, file }), name })
  const { prepared } = session
  try {
    const { decisions, difference } = await prepared.verify()
    output.emit({
      type: 'verification',
      study: name,
      decisions,
      ...(difference && { difference }),
    })
    const made = `${count(decisions, 'decision')} made again`
    if (difference === undefined) {
      output.say(`${output.style('bold', name)}: ${made}; every one comes out as in the log.`)
      return
    }
    exitWith(EXIT.error)
    output.say(`${output.style('bold', name)}: ${made}; the last comes out otherwise than in the log.`)
    output.say('')
    const { seq, logged, replayed } = difference
    output.say(`event ${seq}`)
    for (const { path, was, is } of differences('', logged, replayed)) {
      output.say(`  ${path === '' ? 'decision' : path}: in the log ${shown(was)}, now ${shown(is)}`)
    }
  } finally {
    await prepared.dispose()
  }
}

interface Difference {
  readonly path: string
  readonly was: Json | undefined
  readonly is: Json | undefined
}

/** The places where two values differ, by their path: `0.params.units`. */
function differences(path: string, was: Json | undefined, is: Json | undefined): readonly Difference[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return []
  const branches = (json: Json | undefined): json is { readonly [key: string]: Json } =>
    typeof json === 'object' && json !== null
  if (!branches(was) || !branches(is) || Array.isArray(was) !== Array.isArray(is)) return [{ path, was, is }]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) =>
    differences(path === '' ? key : `${path}.${key}`, was[key], is[key]),
  )
}

const shown = (json: Json | undefined): string => (json === undefined ? 'nothing' : JSON.stringify(json))
