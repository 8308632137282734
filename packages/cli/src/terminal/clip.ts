/** `text` cut to `width` characters, with an ellipsis where something is missing. For text without styles. */
export function clip(text: string, width: number): string {
  const characters = [...text]
  if (characters.length <= width) return text
  return `${characters.slice(0, Math.max(0, width - 1)).join('')}…`
}
