import type { StudyLog } from '@rondo/core'
import { mustHold, same, show } from '../broken-rule.ts'
import type { Check } from '../suite.ts'
import { note, sampleEvents } from './events.ts'
import { mustFail } from './must-fail.ts'
import { type StoreSubject, withStore } from './open-store.ts'

const keepsEvents: Check<StoreSubject> = {
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

const numbersEvents: Check<StoreSubject> = {
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

const refusesConflicts: Check<StoreSubject> = {
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

const survivesClosing: Check<StoreSubject> = {
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

const oneWriter: Check<StoreSubject> = {
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

const namesStudies: Check<StoreSubject> = {
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

const studiesApart: Check<StoreSubject> = {
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

/** Rules for the events of studies, and for who may write them. */
export const logChecks: readonly Check<StoreSubject>[] = [
  keepsEvents,
  numbersEvents,
  refusesConflicts,
  survivesClosing,
  oneWriter,
  namesStudies,
  studiesApart,
]

const append = (log: StudyLog, events: Parameters<StudyLog['append']>[0]): number =>
  log.append(events, log.seq)
