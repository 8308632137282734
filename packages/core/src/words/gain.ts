import { count } from './count.ts'

/** How a number and a share of 1 are written: a terminal and a page dress them differently. */
interface Dress {
  readonly number: (value: number) => string
  readonly percent: (share: number) => string
}

/**
 * What more trials are expected to gain over the best value so far, in a sentence.
 *
 * @param gain In the metric's units; absent where it is too early to tell.
 */
export function gainInWords(
  { trials, gain }: { readonly trials: number; readonly gain?: number },
  observed: number,
  { number, percent }: Dress,
): string {
  const more = count(trials, 'more trial')
  if (gain === undefined)
    return `It is too early to tell what ${more} would gain: the best ones differ by no more than luck.`
  const share = observed === 0 ? '' : ` (${percent(gain / Math.abs(observed))})`
  return gain === 0
    ? `${more} would gain next to nothing: the best ones differ by no more than luck.`
    : `${more} would gain about ${number(Number(gain.toPrecision(2)))}${share}.`
}
