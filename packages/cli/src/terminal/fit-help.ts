import { wrap } from './wrap.ts'

/** A help text with its sentences broken anew for `width`; what is indented, and headings, stay as they are. */
export function fitHelp(text: string, width: number): string {
  const lines: string[] = []
  let sentences: string[] = []
  const flush = (): void => {
    if (sentences.length > 0) lines.push(...wrap(sentences.join(' '), width))
    sentences = []
  }
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith(' ') || line.endsWith(':')) {
      flush()
      lines.push(line)
    } else sentences.push(line)
  }
  flush()
  return lines.join('\n')
}
