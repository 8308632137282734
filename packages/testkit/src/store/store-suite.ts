import { type ArtifactFiles, type Plugin, STORE, type Store, type StudyLog } from '@rondo/core'
import { constantFrom, dictionary, sample, uint8Array } from 'fast-check'
import { brokenRule, mustHold, mustNotThrow, same, show } from '../broken-rule.ts'
import { withInstance } from '../make-instance.ts'
import type { Check, MakePlugin, Suite } from '../suite.ts'
import { note, sampleEvents } from './events.ts'

/** Makes the plugin on a new, empty place at each call. */
type Subject = MakePlugin<Plugin<Store>>

const keepsEvents: Check<Subject> = {
  name: 'gives back events as they were appended, NaN and infinities included',
  run: (makePlugin) =>
    withStore(makePlugin, (store) => {
      const log = store.create('a')
      append(log, sampleEvents)
      const read = [...log.read()].map(({ event }) => event)
      for (const [i, event] of sampleEvents.entries()) {
        mustHold(
          same(read[i], event),
          'A log must give back every event as it was appended',
          () => `${show(event)} came back as ${show(read[i])}`,
        )
      }
      log.close()
    }),
}

const numbersEvents: Check<Subject> = {
  name: 'numbers events from 1 without gaps, across batches',
  run: (makePlugin) =>
    withStore(makePlugin, (store) => {
      const log = store.create('a')
      mustHold(log.seq === 0, 'A new log must be at event 0', () => `it is at ${log.seq}`)
      let appended = 0
      for (const size of [1, 3, 0, 700, 2]) {
        const seq = log.append(
          Array.from({ length: size }, (_, i) => note(String(appended + i + 1))),
          appended,
        )
        appended += size
        mustHold(
          seq === appended && log.seq === appended,
          'append must return the number of the last event, which is then the log’s',
          () => `after ${appended} events it returned ${seq}, and the log is at ${log.seq}`,
        )
      }
      for (const after of [0, 1, 255, 256, 704, 706, 9999]) {
        const read = [...log.read(after)]
        const expected = Array.from({ length: Math.max(0, appended - after) }, (_, i) => after + i + 1)
        mustHold(
          same(
            read.map(({ seq }) => seq),
            expected,
          ) && read.every(({ seq, event }) => event.type === 'note' && event.text === String(seq)),
          'read(after) must give every later event in order, numbered without gaps',
          () =>
            `after ${after} of ${appended} events it gave ${read.length}, from ${read[0]?.seq} to ${read.at(-1)?.seq}`,
        )
      }
      log.close()
    }),
}

const refusesConflicts: Check<Subject> = {
  name: 'refuses to append at any place but the end',
  run: (makePlugin) =>
    withStore(makePlugin, (store) => {
      const log = store.create('a')
      append(log, [note('1'), note('2')])
      for (const place of [0, 1, 3, -1]) {
        mustFail(() => log.append([note('no')], place), 'RONDO_STORE_CONFLICT', `appending at ${place} of 2`)
      }
      mustHold(
        [...log.read()].length === 2,
        'An append that is refused must leave nothing',
        () => `the log has ${[...log.read()].length} events instead of 2`,
      )
      log.close()
    }),
}

const survivesClosing: Check<Subject> = {
  name: 'has everything again when a study is opened again',
  run: (makePlugin) =>
    withStore(makePlugin, async (store) => {
      const log = store.create('a')
      append(log, sampleEvents)
      const ref = await log.artifacts.write('trials/0/model', { 'model.json': Uint8Array.of(1, 2) })
      const before = [...log.read()]
      log.close()
      const again = store.open('a', 'write')
      mustHold(
        same([...again.read()], before),
        'A log that is opened again must have its events, numbers and times',
        () => `${show(before)} became ${show([...again.read()])}`,
      )
      const files = await again.artifacts.read(ref)
      mustHold(
        same([...(files['model.json'] ?? [])], [1, 2]),
        'A study that is opened again must have its artifacts',
        () => `it has ${show(files)}`,
      )
      append(again, [note('more')])
      again.close()
    }),
}

const oneWriter: Check<Subject> = {
  name: 'lets one writer have a study, and any number of readers',
  run: (makePlugin) =>
    withStore(makePlugin, (store) => {
      const writer = store.create('a')
      mustFail(() => store.open('a', 'write'), 'RONDO_STORE_LOCKED', 'opening a study for writing twice')
      const reader = store.open('a', 'read')
      append(writer, [note('1')])
      mustHold(
        reader.seq === 1 && [...reader.read()].length === 1,
        'A reader must see what the writer appends',
        () => `it is at event ${reader.seq} when the writer is at 1`,
      )
      mustFail(
        () => reader.append([note('no')], 1),
        'RONDO_STORE_CONFLICT',
        'appending to a log open for reading',
      )
      reader.close()
      writer.close()
      store.open('a', 'write').close()
    }),
}

const namesStudies: Check<Subject> = {
  name: 'lists studies, refuses a taken name and names the nearest to an unknown one',
  run: (makePlugin) =>
    withStore(makePlugin, (store) => {
      mustHold(store.list().length === 0, 'A new store must be empty', () => `it has ${show(store.list())}`)
      for (const name of ['births', 'air quality', 'Wetter-2.1_ß']) store.create(name).close()
      const names = store.list().map(({ name }) => name)
      mustHold(
        same([...names].sort(), ['Wetter-2.1_ß', 'air quality', 'births']),
        'A store must list its studies',
        () => `it lists ${show(names)}`,
      )
      mustFail(() => store.create('births'), 'RONDO_STUDY_EXISTS', 'creating a study again')
      const error = mustFail(
        () => store.open('birth', 'read'),
        'RONDO_STUDY_NOT_FOUND',
        'opening an unknown study',
      )
      mustHold(
        error.message.includes('births'),
        'An unknown study must be answered with the nearest name',
        () => `opening “birth” said “${error.message}”`,
      )
    }),
}

const studiesApart: Check<Subject> = {
  name: 'keeps studies apart',
  run: (makePlugin) =>
    withStore(makePlugin, async (store) => {
      const [one, two] = [store.create('one'), store.create('two')]
      append(one, [note('1')])
      await one.artifacts.write('trials/0/model', { a: Uint8Array.of(1) })
      mustHold(two.seq === 0, 'Studies must not share events', () => `the other one has ${two.seq}`)
      const names = await two.artifacts.list()
      mustHold(
        names.length === 0,
        'Studies must not share artifacts',
        () => `the other one has ${show(names)}`,
      )
      one.close()
      two.close()
    }),
}

const keepsArtifacts: Check<Subject> = {
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

const hashesArtifacts: Check<Subject> = {
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

const replacesArtifacts: Check<Subject> = {
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

const publishes: Check<Subject> = {
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

const publishesInOneStep: Check<Subject> = {
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

/** Rules for every store. The subject makes the plugin on a new, empty place at each call. */
export const storeSuite: Suite<Subject> = {
  name: 'store',
  checks: [
    keepsEvents,
    numbersEvents,
    refusesConflicts,
    survivesClosing,
    oneWriter,
    namesStudies,
    studiesApart,
    keepsArtifacts,
    hashesArtifacts,
    replacesArtifacts,
    publishes,
    publishesInOneStep,
  ],
}

function withStore<R>(makePlugin: Subject, use: (store: Store) => R | Promise<R>): Promise<R> {
  return withInstance(makePlugin(), STORE, use, { scope: 'process' })
}

function withLog(makePlugin: Subject, use: (log: StudyLog) => Promise<void>): Promise<void> {
  return withStore(makePlugin, async (store) => {
    const log = store.create('a')
    await use(log)
    log.close()
  })
}

const append = (log: StudyLog, events: Parameters<StudyLog['append']>[0]): number =>
  log.append(events, log.seq)

async function mustList(artifacts: StudyLog['artifacts'], expected: readonly string[]): Promise<void> {
  const names = await artifacts.list()
  mustHold(
    same([...names].sort(), expected),
    'list must name every artifact that was written, and no published name',
    () => `it names ${show(names)} instead of ${show(expected)}`,
  )
}

function mustFail(work: () => unknown, code: string, what: string): Error {
  try {
    work()
  } catch (error) {
    return requireCode(error, code, what)
  }
  throw brokenRule(`${capital(what)} must fail with ${code}`, 'it did not fail')
}

async function mustReject(work: () => Promise<unknown>, code: string, what: string): Promise<Error> {
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

/** Bytes as plain arrays, under plain names: whatever kind of array or object a store gives back. */
function plain(files: ArtifactFiles): { readonly [name: string]: readonly number[] } {
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, [...bytes]]))
}
