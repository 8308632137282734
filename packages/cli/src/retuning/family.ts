/** The study that another was retuned from in the end: of `births-3` `births`, where there is one. */
export function familyOf(study: string, studies: readonly string[]): string {
  const head = study.replace(/-\d+$/, '')
  return studies.includes(head) ? head : study
}

/** The studies of a family that were retuned, in their order: `births-2`, `births-3`, … */
export function retunedOf(family: string, studies: readonly string[]): readonly string[] {
  const number = (study: string): number => Number(study.slice(family.length + 1))
  return studies
    .filter((study) => study.startsWith(`${family}-`) && /^\d+$/.test(study.slice(family.length + 1)))
    .sort((a, b) => number(a) - number(b))
}

/** The name of the next: `births-2` where there is none yet. */
export function nextOf(family: string, studies: readonly string[]): string {
  const last = retunedOf(family, studies).at(-1)
  return `${family}-${last === undefined ? 2 : Number(last.slice(family.length + 1)) + 1}`
}
