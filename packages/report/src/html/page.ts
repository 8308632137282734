import { INTERACTIVE_SCRIPT } from '../script/interactive.ts'
import { type Html, html, raw } from './html.ts'
import { STYLE } from './style.ts'

/**
 * The whole document. Nothing in it is loaded from anywhere, and the policy forbids that anything be.
 *
 * @param echarts The text of ECharts, for interactive charts.
 */
export function page(title: string, body: Html, echarts: string | undefined): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="generator" content="Rondo">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
${body}
</main>
${
  echarts !== undefined &&
  html`<script>${raw(forScript(echarts))}</script>
<script>${raw(INTERACTIVE_SCRIPT)}</script>
`
}</body>
</html>
`
  return document.html
}

/** A script ends at the first closing tag in it, in a string or not. */
const forScript = (text: string): string => text.replace(/<\/(script)/gi, '<\\/$1')
