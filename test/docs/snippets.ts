import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A block of TypeScript in a document. */
export interface Snippet {
  /** From the root of the repository. */
  readonly document: string
  /** Of its first line of code, from 1. */
  readonly line: number
  readonly code: string
  /** Whether the fence says `ts run`: it is then run, not only typechecked. */
  readonly runs: boolean
  /** From its first line, `// study.ts`, so that another one can import it; else made from its line. */
  readonly file: string
}

/** Markdown files that speak to users. */
function documents(): readonly string[] {
  const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`)
  const under = (folder: string): string[] =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => `${folder}/${String(name).replaceAll('\\', '/')}`)
      .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
  const all = ['README.md', ...packages, ...under('docs'), ...under('examples')]
  return all.filter((name) => {
    try {
      return readFileSync(join(root, name)).length > 0
    } catch {
      return false
    }
  })
}

function snippetsOf(document: string): readonly Snippet[] {
  const text = readFileSync(join(root, document), 'utf8').replaceAll('\r\n', '\n')
  return [...text.matchAll(/^```ts( run)?\n([\s\S]*?)^```$/gm)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length + 1
    const code = match[2]!
    const named = /^\/\/ ([\w.-]+\.ts)\n/.exec(code)?.[1]
    return { document, line, code, runs: match[1] !== undefined, file: named ?? `line-${line}.ts` }
  })
}

/** Writes every snippet into a folder of its document's under `folder`; returns the path of each. */
export function writeSnippets(folder: string): ReadonlyMap<string, Snippet> {
  rmSync(folder, { recursive: true, force: true })
  const written = new Map<string, Snippet>()
  for (const document of documents()) {
    for (const snippet of snippetsOf(document)) {
      const path = join(folder, document.replace(/\.md$/, ''), snippet.file)
      mkdirSync(dirname(path), { recursive: true })
      // A snippet without an import or an export is a module all the same.
      writeFileSync(path, `${snippet.code}\nexport {}\n`)
      written.set(relative(root, path).replaceAll('\\', '/'), snippet)
    }
  }
  return written
}
