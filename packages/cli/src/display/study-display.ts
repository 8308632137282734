import type { StudyObserver } from '@rondo/core'
import type { Output } from '../terminal/output.ts'
import type { WatchedStudy } from './progress.ts'

/** Shows a study while it runs. */
export interface StudyDisplay extends StudyObserver {
  /** Called when the study is open, before it runs. */
  begin(study: WatchedStudy): void
  /** Something the person at the keyboard should read now. */
  notice(text: string): void
  /** Called when the study no longer runs, whatever the reason; lines may then be written anywhere. */
  end(): void
}

/** The display that fits where the output goes: a live block in a terminal, lines elsewhere. */
export async function studyDisplay(output: Output): Promise<StudyDisplay> {
  if (!output.live) return (await import('./plain-display.ts')).plainDisplay(output)
  return (await import('./live-display.ts')).liveDisplay(output)
}
