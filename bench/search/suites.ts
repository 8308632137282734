import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Formula, problemsOf } from './formulas/formula.ts'
import type { Problem } from './problem.ts'
import { tabularProblems } from './tables.ts'

/** The problems of a suite whose names contain `filter`, large or small. */
export async function problemsOfSuite(suite: string, filter: string): Promise<Problem[]> {
  const wanted = filter.toLowerCase()
  return (await allOf(suite)).filter(({ name }) => name.toLowerCase().includes(wanted))
}

/** The `tables`, or the files of a folder of formulas. */
async function allOf(suite: string): Promise<Problem[]> {
  if (suite === 'tables') return tabularProblems()
  const folder = fileURLToPath(new URL(`./formulas/${suite}/`, import.meta.url))
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'))
  const problems: Problem[] = []
  for (const file of files.sort()) {
    const { formula } = (await import(`${folder}/${file}`)) as { readonly formula: Formula }
    problems.push(...problemsOf(formula))
  }
  return problems
}
