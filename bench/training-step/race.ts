import type { Peer, PeerKind } from './peer.ts'
import type { Size } from './sizes.ts'

/** About how long one peer is timed in one round, ms. */
const ROUND_MS = 250

/** Milliseconds per update, one for each round. */
export type Times = readonly number[]

/** What is counted: the time on the wall, or that of the processor, for a machine that others use too. */
export type Clock = 'wall' | 'processor'

async function time(peer: Peer, updates: number, clock: Clock): Promise<number> {
  const start = performance.now()
  const before = process.threadCpuUsage()
  const theirs = await peer.run(updates)
  const { user, system } = process.threadCpuUsage(before)
  if (clock === 'wall') return (performance.now() - start) / updates
  return (theirs ?? (user + system) / 1000) / updates
}

/**
 * Times peers on one size, in turns, so that a machine that is busy or hot is so for all of them.
 *
 * @param between is called once a round: for what is to be measured at the same time
 */
export async function race(
  kinds: readonly PeerKind[],
  size: Size,
  rounds: number,
  clock: Clock,
  between: () => void,
): Promise<readonly Times[]> {
  const runners: { readonly peer: Peer; readonly updates: number; readonly times: number[] }[] = []
  for (const kind of kinds) {
    const peer = await kind.make(size)
    // Compiled code is replaced by optimised code while it warms up.
    await peer.run(3)
    const warm = performance.now()
    let each = 0
    while (each === 0 || performance.now() - warm < 2 * ROUND_MS) each = await time(peer, 1, 'wall')
    runners.push({ peer, updates: Math.max(1, Math.round(ROUND_MS / each)), times: [] })
  }
  for (let round = 0; round < rounds; round++) {
    between()
    for (const { peer, updates, times } of runners) times.push(await time(peer, updates, clock))
  }
  for (const { peer } of runners) peer.dispose()
  return runners.map(({ times }) => times)
}

/** Smallest, middle and largest. */
export interface Spread {
  readonly least: number
  readonly median: number
  readonly most: number
}

export function spreadOf(values: Times): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number
  return { least: at(0), median: at(0.5), most: at(1) }
}

/** Ratios round by round: both were measured within the same second. */
export const ratios = (above: Times, below: Times): Times =>
  above.map((value, round) => value / (below[round] as number))
