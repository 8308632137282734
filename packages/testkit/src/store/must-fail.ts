import { brokenRule, show } from '../broken-rule.ts'

/** @throws when `work` does not throw an error of that code. */
export function mustFail(work: () => unknown, code: string, what: string): Error {
  try {
    work()
  } catch (error) {
    return requireCode(error, code, what)
  }
  throw brokenRule(`${capital(what)} must fail with ${code}`, 'it did not fail')
}

/** @throws when `work` is not rejected with an error of that code. */
export async function mustReject(work: () => Promise<unknown>, code: string, what: string): Promise<Error> {
  try {
    await work()
  } catch (error) {
    return requireCode(error, code, what)
  }
  throw brokenRule(`${capital(what)} must fail with ${code}`, 'it did not fail')
}

function requireCode(error: unknown, code: string, what: string): Error {
  if (error instanceof Error && 'code' in error && error.code === code) return error
  throw brokenRule(`${capital(what)} must fail with ${code}`, `it failed with ${show(error)}`)
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
