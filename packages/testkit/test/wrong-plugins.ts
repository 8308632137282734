import type { ArtifactStore } from '@rondo/core'
import { describe, expect, test } from 'vitest'
import type { Suite } from '../src/index.ts'

/** A plugin that breaks one rule, and what the check of that rule has to say. */
export interface Wrong<S> {
  readonly subject: S
  readonly says: RegExp
}

/** Every check of a suite fails for a plugin that breaks its rule, and says which one. */
export function testWrong<S>(
  suite: Suite<S>,
  wrongs: { readonly [check: string]: readonly Wrong<S>[] | Wrong<S> },
): void {
  describe(`checks of the ${suite.name} suite fail for wrong plugins`, () => {
    test('each check has a plugin that breaks its rule', () => {
      expect(Object.keys(wrongs).sort()).toEqual(suite.checks.map(({ name }) => name).sort())
    })
    for (const check of suite.checks) {
      for (const { subject, says } of [wrongs[check.name] ?? []].flat()) {
        test(`${check.name}: ${says.source}`, async () => {
          const error: unknown = await check.run(subject).then(
            () => undefined,
            (reason: unknown) => reason,
          )
          expect(error).toBeInstanceOf(Error)
          expect((error as Error).message).toMatch(says)
          expect((error as Error).name).toBe('BrokenRule')
        })
      }
    }
  })
}

/** A store's methods as an object that some can be replaced in. */
export const delegating = (artifacts: ArtifactStore): ArtifactStore => ({
  write: (name, files) => artifacts.write(name, files),
  read: (ref) => artifacts.read(ref),
  publish: (ref, name) => artifacts.publish(ref, name),
  remove: (name) => artifacts.remove(name),
  list: () => artifacts.list(),
})

/** Options that are no JSON. */
export const notJson = { retry: () => 3 }
