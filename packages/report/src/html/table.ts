import { breakable, type Html, type HtmlValue, html } from './html.ts'

/**
 * A table that can be scrolled where it is wider than the page, by keyboard as well.
 *
 * @param label What it shows, for those who can't see it.
 */
export const table = (label: string, head: HtmlValue, rows: HtmlValue): Html =>
  html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
${head !== undefined && html`<thead><tr>${head}</tr></thead>`}
<tbody>
${rows}
</tbody>
</table></div>`

/** A heading of a column. */
export const heading = (text: string, classes = ''): Html =>
  text === ''
    ? html`<td class="${classes}"></td>`
    : html`<th scope="col"${classes !== '' && html` class="${classes}"`}>${breakable(text)}</th>`
