/**
 * Breaks a text at spaces into lines of at most `width` characters. A word longer than that stays whole, so that paths
 * can be copied.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  return lines
}

/** A text with a label before its first line and the other lines below it. */
export function labelled(label: string, text: string, labelWidth: number, width: number): string {
  const indent = ' '.repeat(labelWidth)
  return wrap(text, Math.max(20, width - labelWidth))
    .map((line, i) => (i === 0 ? label.padEnd(labelWidth) : indent) + line)
    .join('\n')
}
