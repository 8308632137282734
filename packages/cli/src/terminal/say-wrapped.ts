import type { Output } from './output.ts'
import { wrap } from './wrap.ts'

/** Says a text of any length, in lines no longer than the terminal is wide. */
export function sayWrapped(text: string, output: Output): void {
  for (const line of wrap(text, output.columns)) output.say(line)
}
