import type { SpaceDefinition } from '@rondo/core'
import { bar } from '../terminal/bar.ts'
import { clip } from '../terminal/clip.ts'
import type { Output } from '../terminal/output.ts'
import { paramsInWords } from '../terminal/params.ts'
import { count, duration, number } from '../terminal/quantities.ts'
import type { RunningTrial, Snapshot } from './progress.ts'

/** Rows of the terminal that the block leaves to what has scrolled by. */
const ROWS_ABOVE = 6

/** The block at the foot of a terminal while a study runs; no line is longer than the terminal is wide. */
export function screen(
  snapshot: Snapshot,
  space: SpaceDefinition,
  { columns, rows, style }: Pick<Output, 'columns' | 'rows' | 'style'>,
): string {
  const width = Math.max(40, columns - 1)
  const lines = ['', style('bold', clip(progressLine(snapshot, width), width))]
  lines.push(bestLine(snapshot, space, width, style))
  const room = Math.max(1, rows - ROWS_ABOVE - lines.length)
  for (const running of snapshot.running.slice(0, room)) {
    lines.push(clip(`  ${runningLine(running, snapshot.objective.metric)}`, width))
  }
  const more = snapshot.running.length - room
  if (more > 0) lines.push(style('dim', `  and ${more} more running`))
  return lines.join('\n')
}

function progressLine(snapshot: Snapshot, width: number): string {
  const { finished, byHand, failed, paused, trials, workedMs, leftMs } = snapshot
  const seen = finished + paused
  const parts = [trials === undefined ? count(seen, 'trial') : `${seen}/${count(trials, 'trial')}`]
  if (byHand !== undefined) parts.push(`${byHand} by hand`)
  if (paused > 0) parts.push(`${paused} paused`)
  if (failed > 0) parts.push(`${failed} failed`)
  parts.push(duration(workedMs))
  if (leftMs !== undefined) parts.push(`about ${duration(leftMs)} left`)
  const words = `${snapshot.study}  ${parts.join(' · ')}`
  const share = shareDone(snapshot)
  const room = Math.min(24, width - words.length - 2)
  return share === undefined || room < 8 ? words : `${bar(share, room)}  ${words}`
}

function shareDone({ finished, paused, trials, workedMs, leftMs }: Snapshot): number | undefined {
  const byTrials = trials === undefined ? 0 : (finished + paused) / trials
  const byTime = leftMs === undefined ? 0 : workedMs / Math.max(1, workedMs + leftMs)
  return trials === undefined && leftMs === undefined ? undefined : Math.min(1, Math.max(byTrials, byTime))
}

function bestLine(
  { best, objective }: Snapshot,
  space: SpaceDefinition,
  width: number,
  style: Output['style'],
): string {
  if (best === undefined) return style('dim', '  no result yet')
  const text = clip(
    `  best  ${objective.metric} ${number(best.value)}  trial ${best.trial}  ${paramsInWords(best.params, space)}`,
    width,
  )
  return style('green', text)
}

/** `trial 12  fold 2/3  epoch 14/40  val_mae 301.2  loss 0.0312`. */
function runningLine({ trial, fold, epoch, epochs, folds, metrics }: RunningTrial, metric: string): string {
  const parts = [`trial ${trial}`]
  if (epoch === 0) parts.push('starting')
  else {
    if (folds > 1) parts.push(`fold ${fold + 1}/${folds}`)
    parts.push(`epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`)
  }
  for (const name of new Set([metric, 'loss'])) {
    if (metrics[name] !== undefined) parts.push(`${name} ${number(metrics[name])}`)
  }
  return parts.join('  ')
}
