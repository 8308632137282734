/** One rule of a contract, with a way to find out whether something keeps it. */
export interface Check<Subject> {
  /** The rule, to be read after the name of the contract: “a search strategy … suggests params inside the space”. */
  readonly name: string
  /** @throws Error that says which rule is broken, and how. */
  run(subject: Subject): Promise<void>
}

/** The rules of one contract, as data: any test runner can go through them. */
export interface Suite<Subject> {
  readonly name: string
  readonly checks: readonly Check<Subject>[]
}

/** What most suites are given: makes the plugin anew, with the options to be checked. */
export type MakePlugin<P> = () => P
