/** The page's style: one column, light and dark, from 320 pixels up. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --background: #ffffff; --panel: #f6f7f9; --text: #1c2430; --muted: #5b6675; --line: #dfe3e8; --faint: #b9c2ce;
  --accent: #1f6feb; --accent-soft: #cfe0fb; --second: #c2571a; --good: #1a7f4b; --bad: #c0362c; --unsure: #8a6100;
}
@media (prefers-color-scheme: dark) {
  :root {
    --background: #12161c; --panel: #1a2028; --text: #e6eaf0; --muted: #98a4b3; --line: #2c343f; --faint: #6b7787;
    --accent: #6ea8ff; --accent-soft: #243c61; --second: #f0965a; --good: #55c98a; --bad: #ff7b72; --unsure: #e0b34c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--background); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 920px; margin: 0 auto; padding: 24px 20px 64px; }
header p, .note { color: var(--muted); margin: 4px 0; font-size: 14px; }
h1 { font-size: 26px; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 19px; margin: 40px 0 8px; padding-top: 12px; border-top: 1px solid var(--line); }
h3 { font-size: 15px; margin: 20px 0 4px; overflow-wrap: anywhere; }
h4 { font-size: 14px; font-weight: 400; color: var(--muted); margin: 8px 0 0; }
p { margin: 8px 0; }
a { color: var(--accent); }
.verdict { background: var(--panel); border-left: 5px solid var(--unsure); border-radius: 4px; padding: 14px 18px; margin: 20px 0 8px; }
.verdict.good { border-color: var(--good); }
.verdict.bad { border-color: var(--bad); }
.verdict h2 { border: 0; padding: 0; margin: 0 0 6px; font-size: 20px; line-height: 1.3; }
.verdict ul, ul.plain { margin: 6px 0; padding-left: 20px; }
.scroll { overflow-x: auto; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 600; color: var(--muted); white-space: nowrap; }
th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.nowrap { white-space: nowrap; }
td.apart, th.apart { padding-left: 20px; }
td.name { overflow-wrap: anywhere; }
tr.best td { font-weight: 600; }
td.bar { width: 40%; min-width: 90px; vertical-align: middle; padding-right: 0; }
.track { position: relative; height: 12px; background: var(--panel); border-radius: 2px; }
.fill { position: absolute; inset: 0 auto 0 0; background: var(--faint); border-radius: 2px; }
.fill.accent { background: var(--accent); }
.whisker { position: absolute; top: 5px; height: 2px; background: var(--text); opacity: .6; }
figure.chart { margin: 8px 0 0; }
figure.chart svg { display: block; width: 100%; height: auto; }
.drawn.narrow { display: none; }
figure.is-live .drawn { display: none; }
.slices { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 28px; }
.slices > * { min-width: 0; }
code { font-size: 13px; overflow-wrap: anywhere; }
details { margin: 12px 0; }
summary { cursor: pointer; color: var(--accent); font-size: 14px; }
@media (max-width: 560px) {
  main { padding: 16px 14px 48px; }
  h1 { font-size: 22px; }
  .slices { grid-template-columns: 1fr; }
  figure:not(.is-live) .drawn.wide { display: none; }
  figure:not(.is-live) .drawn.narrow { display: block; }
  .optional { display: none; }
  th, td { padding-right: 8px; }
  th, th.number { white-space: normal; }
  td.bar { width: 28%; }
}
@media print {
  main { max-width: none; }
  section { break-inside: avoid; }
}
`
