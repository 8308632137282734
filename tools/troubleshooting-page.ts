import { ERROR_CATALOGUE, type ErrorCode } from '@rondo/core'

/** Headings of the page, each with the first words of its codes (`RONDO_PLUGIN_CONFLICT`: `PLUGIN`). */
const SECTIONS: readonly (readonly [heading: string, words: readonly string[]])[] = [
  ['Plugins, options and configs', ['PLUGIN', 'OPTION', 'CONFIG', 'NODE']],
  ['Search space', ['SPACE', 'PARAMS']],
  ['Data', ['DATA', 'TASK', 'SPLIT']],
  ['Studies', ['STUDY', 'TRIALS']],
  ['Store and artifacts', ['STORE', 'ARTIFACT']],
  ['Training', ['BACKEND', 'METRIC', 'MODEL', 'TRAIN', 'OBJECTIVE', 'CHECKPOINT']],
  ['Workers', ['WORKER']],
  ['Command line', ['USAGE', 'INTERNAL']],
]

const INTRODUCTION = `# Troubleshooting

Every error of Rondo has a code, and says where it is, which value is at fault and what to do:

\`\`\`
error RONDO_DATA_NOT_A_NUMBER
  births.csv:17, column births: “8O06” is not a number.
  at     births.csv:17, column births
  value  "8O06"
  fix    Correct the field, or leave the column out.
\`\`\`

The message of an error is more precise than this page, which has the general meaning of each code. Search it for yours.

- An error marked *trial* ends one trial: it is recorded with the trial (\`rondo show STUDY --trial N\`), and the study
  goes on. All others end the command. What had been done until then is saved; \`rondo resume STUDY\` goes on with it.
- \`rondo doctor\` tries everything that Rondo needs of a machine: Node, memory, WebAssembly, the folder of
  the studies, training.
- The folder of each study has a log file, \`rondo.log\`. \`--verbose\` shows it as it is written.
- In code, each is a \`RondoError\` with the fields \`code\`, \`message\`, \`value\`, \`place\` and \`remedy\`.
`

/** The page of every error code with its meaning and remedy, in Markdown. */
export function troubleshootingPage(): string {
  const codes = Object.keys(ERROR_CATALOGUE) as readonly ErrorCode[]
  const named = new Set(SECTIONS.flatMap(([, words]) => words))
  const sections = [
    ...SECTIONS.map(([heading, words]) => [heading, codes.filter((c) => words.includes(wordOf(c)))] as const),
    ['Others', codes.filter((code) => !named.has(wordOf(code)))] as const,
  ]
  const tables = sections
    .filter(([, members]) => members.length > 0)
    .map(([heading, members]) => `## ${heading}\n\n${tableOf(members)}`)
  return [INTRODUCTION, ...tables].join('\n')
}

function tableOf(codes: readonly ErrorCode[]): string {
  const rows = codes.map((code) => {
    const { scope, summary, remedy } = ERROR_CATALOGUE[code]
    return `| \`${code}\` | ${cell(summary)}${scope === 'trial' ? ' (*trial*)' : ''} | ${cell(remedy)} |\n`
  })
  return `| code | what happened | what to do |\n|---|---|---|\n${rows.join('')}`
}

/** A vertical bar would end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|')

const wordOf = (code: string): string => code.split('_')[1] ?? ''
