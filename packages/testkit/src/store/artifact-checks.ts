import type { ArtifactFiles, StudyLog } from '@rondo/core'
import { constantFrom, dictionary, sample, uint8Array } from 'fast-check'
import { mustHold, mustNotThrow, same, show } from '../broken-rule.ts'
import type { Check } from '../suite.ts'
import { mustReject } from './must-fail.ts'
import { type StoreSubject, withLog } from './open-store.ts'

const keepsArtifacts: Check<StoreSubject> = {
  name: 'gives back artifacts byte for byte, under any names of files',
  run: (makePlugin) =>
    withLog(makePlugin, async ({ artifacts }) => {
      const fileName = constantFrom(
        'model.json',
        'weights.bin',
        'fold-1/weights.bin',
        'a/b/c',
        'ü.json',
        'toString',
      )
      const anyFiles = dictionary(fileName, uint8Array({ maxLength: 64 }), { noNullPrototype: true })
      // Of a seed, so that a failure can be found again.
      for (const [number, files] of sample(anyFiles, { numRuns: 25, seed: 1 }).entries()) {
        const ref = await artifacts.write(`trials/${number}/model`, files)
        const back = await artifacts.read(ref)
        mustHold(
          same(plain(back), plain(files)),
          'An artifact must come back byte for byte',
          () => `${show(files)} came back as ${show(back)}`,
        )
      }
    }),
}

const hashesArtifacts: Check<StoreSubject> = {
  name: 'names an artifact by what is in it',
  run: (makePlugin) =>
    withLog(makePlugin, async ({ artifacts }) => {
      const first = await artifacts.write('one', { a: Uint8Array.of(1), b: Uint8Array.of(2) })
      const second = await artifacts.write('two', { b: Uint8Array.of(2), a: Uint8Array.of(1) })
      mustHold(
        first.sha256 === second.sha256 && /^[0-9a-f]{64}$/.test(first.sha256),
        'The same files must have the same SHA-256, in hexadecimal digits',
        () => `they have ${first.sha256} and ${second.sha256}`,
      )
      const others = [
        { a: Uint8Array.of(1) },
        { a: Uint8Array.of(1), c: Uint8Array.of(2) },
        { ab: Uint8Array.of(1, 2) },
      ]
      for (const files of others) {
        const { sha256 } = await artifacts.write('three', files)
        mustHold(
          sha256 !== first.sha256,
          'Other files must have another hash',
          () => `${show(files)} have the same`,
        )
      }
      await mustReject(
        () => artifacts.read({ name: 'nothing', sha256: first.sha256 }),
        'RONDO_ARTIFACT_MISSING',
        'reading what was never written',
      )
      await mustReject(
        () => artifacts.read({ name: 'three', sha256: first.sha256 }),
        'RONDO_ARTIFACT_DAMAGED',
        'reading by another hash',
      )
    }),
}

const replacesArtifacts: Check<StoreSubject> = {
  name: 'replaces, removes and lists artifacts',
  run: (makePlugin) =>
    withLog(makePlugin, async ({ artifacts }) => {
      await artifacts.write('trials/0/model', { old: Uint8Array.of(1), gone: Uint8Array.of(1) })
      const ref = await artifacts.write('trials/0/model', { old: Uint8Array.of(2) })
      const files = await artifacts.read(ref)
      mustHold(
        same(plain(files), { old: [2] }),
        'An artifact that is written again must have the new files only',
        () => `it has ${show(files)}`,
      )
      await artifacts.write('trials/1/deep', { 'only/nested': Uint8Array.of(1) })
      await mustList(artifacts, ['trials/0/model', 'trials/1/deep'])
      await artifacts.remove('trials/0/model')
      await mustNotThrow('Removing what is not there must be no error', () =>
        artifacts.remove('trials/0/model'),
      )
      await mustList(artifacts, ['trials/1/deep'])
      await mustReject(() => artifacts.read(ref), 'RONDO_ARTIFACT_MISSING', 'reading what was removed')
    }),
}

const publishes: Check<StoreSubject> = {
  name: 'publishes under another name what stays when its source is removed',
  run: (makePlugin) =>
    withLog(makePlugin, async ({ artifacts }) => {
      for (const trial of [1, 2, 3, 2]) {
        const ref = await artifacts.write(`trials/${trial}/model`, { 'm/w.bin': Uint8Array.of(trial) })
        await artifacts.publish(ref, 'best')
        await artifacts.remove(ref.name)
        const files = await mustNotThrow(
          'What was published must stay when the artifact that it came from is removed',
          () => artifacts.read({ name: 'best', sha256: ref.sha256 }),
        )
        mustHold(
          same(plain(files), { 'm/w.bin': [trial] }),
          'A published name must show the files that were published last',
          () => `after trial ${trial} it shows ${show(files)}`,
        )
      }
      await mustList(artifacts, [])
      await artifacts.remove('best')
      await mustReject(
        () => artifacts.read({ name: 'best', sha256: '0'.repeat(64) }),
        'RONDO_ARTIFACT_MISSING',
        'reading a published name that was removed',
      )
    }),
}

const publishesInOneStep: Check<StoreSubject> = {
  name: 'publishes in one step: a reader sees the old files or the new ones, whole',
  run: (makePlugin) =>
    withLog(makePlugin, async ({ artifacts }) => {
      const versions = await Promise.all(
        [0, 1].map((v) =>
          artifacts.write(`trials/${v}/model`, {
            a: new Uint8Array(50_000).fill(v),
            b: new Uint8Array(50_000).fill(v),
          }),
        ),
      )
      await artifacts.publish(versions[0]!, 'best')
      for (let round = 1; round <= 10; round++) {
        const publishing = artifacts.publish(versions[round % 2]!, 'best')
        // Whichever it is, one of the two must be there whole.
        const seen = await Promise.allSettled(
          versions.map(({ sha256 }) => artifacts.read({ name: 'best', sha256 })),
        )
        await publishing
        for (const read of seen) {
          const code =
            read.status === 'rejected' ? (read.reason as { readonly code?: unknown }).code : undefined
          mustHold(
            code === undefined || code === 'RONDO_ARTIFACT_DAMAGED',
            'While a name is published again it must stay readable',
            () => `reading it then failed with ${show(code)}`,
          )
        }
        await mustNotThrow('What was published must be readable at once', () =>
          artifacts.read({ name: 'best', sha256: versions[round % 2]!.sha256 }),
        )
      }
    }),
}

/** Rules for the files beside a study's log. */
export const artifactChecks: readonly Check<StoreSubject>[] = [
  keepsArtifacts,
  hashesArtifacts,
  replacesArtifacts,
  publishes,
  publishesInOneStep,
]

async function mustList(artifacts: StudyLog['artifacts'], expected: readonly string[]): Promise<void> {
  const names = await artifacts.list()
  mustHold(
    same([...names].sort(), expected),
    'list must name every artifact that was written, and no published name',
    () => `it names ${show(names)} instead of ${show(expected)}`,
  )
}

/** Bytes as plain arrays, under plain names: whatever kind of array or object a store gives back. */
function plain(files: ArtifactFiles): { readonly [name: string]: readonly number[] } {
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, [...bytes]]))
}
