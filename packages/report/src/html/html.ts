/** Text that is HTML already. */
export interface Html {
  readonly html: string
}

/** What can stand in a template: text is escaped, lists are joined, nothing is left out. */
export type HtmlValue = string | number | Html | readonly HtmlValue[] | undefined | false

/** A template whose values are escaped unless they are HTML themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { html: strings.reduce((text, string, i) => text + render(values[i - 1]) + string) }
}

/** Marks text as HTML. Only for what this package has made itself. */
export const raw = (text: string): Html => ({ html: text })

function render(value: HtmlValue): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value))
  return 'html' in value ? value.html : value.map(render).join('')
}

const ESCAPES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!)

/** A name that may be broken after its parts: `val_` `average` `Precision`. */
export const breakable = (name: string): Html =>
  html`${name.split(/(?<=_)|(?<=[a-z])(?=[A-Z])/).map((part, i) => html`${i > 0 && raw('<wbr>')}${part}`)}`

/** JSON that can stand in a script element, whatever texts it holds. */
export const scriptJson = (value: unknown): Html =>
  raw(
    JSON.stringify(value).replace(
      /[<\u2028\u2029]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  )
