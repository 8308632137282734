import {
  type ArtifactFiles,
  type ArtifactStore,
  compose,
  definePlugin,
  memoryStore,
  type Plugin,
  RondoError,
  STORE,
  type Store,
  type StudyLog,
  systemClock,
} from '@rondo/core'
import { storeSuite } from '../src/index.ts'
import { delegating, testWrong } from './wrong-plugins.ts'

const memory = (): Store => compose([memoryStore(), systemClock()], 'process').resolve(STORE)

const wrong = (make: () => Store) => (): Plugin<Store> =>
  definePlugin({ name: 'wrong', provides: STORE, scope: 'process', create: make })

/** Keeps studies in memory, with every log changed. */
const wrongLog = (change: (log: StudyLog) => Partial<StudyLog>) =>
  wrong(() => {
    const store = memory()
    const changed = (log: StudyLog): StudyLog => {
      const good: StudyLog = {
        name: log.name,
        get seq() {
          return log.seq
        },
        read: (after) => log.read(after),
        append: (events, seq) => log.append(events, seq),
        artifacts: log.artifacts,
        close: () => log.close(),
      }
      return Object.defineProperties(good, Object.getOwnPropertyDescriptors(change(log)))
    }
    return {
      list: () => store.list(),
      create: (name) => changed(store.create(name)),
      open: (name, access) => changed(store.open(name, access)),
    }
  })

const wrongArtifacts = (change: (artifacts: ArtifactStore) => Partial<ArtifactStore>) =>
  wrongLog(({ artifacts }) => {
    return { artifacts: { ...delegating(artifacts), ...change(artifacts) } }
  })

const wrongStore = (change: (store: Store) => Partial<Store>) =>
  wrong(() => {
    const store = memory()
    return {
      list: () => store.list(),
      create: (name) => store.create(name),
      open: (name, access) => store.open(name, access),
      ...change(store),
    }
  })

const shared = memory().create('shared').artifacts

testWrong(storeSuite, {
  'gives back events as they were appended, NaN and infinities included': {
    subject: wrongLog((log) => ({
      append: (events, seq) => log.append(JSON.parse(JSON.stringify(events)), seq),
    })),
    says: /must give back every event as it was appended.*null/,
  },
  'numbers events from 1 without gaps, across batches': [
    {
      subject: wrongLog((log) => ({
        get seq() {
          return log.seq + 1
        },
      })),
      says: /new log must be at event 0: it is at 1/,
    },
    {
      subject: wrongLog((log) => ({ read: (after = 0) => log.read(Math.max(0, after - 1)) })),
      says: /every later event in order/,
    },
    {
      subject: wrongLog((log) => ({ append: (events, seq) => log.append(events, seq) - 1 })),
      says: /append must return the number/,
    },
  ],
  'refuses to append at any place but the end': [
    {
      subject: wrongLog((log) => ({ append: (events) => log.append(events, log.seq) })),
      says: /must fail with RONDO_STORE_CONFLICT: it did not fail/,
    },
    {
      subject: wrongLog((log) => ({
        append(events, seq) {
          // Writes first, and looks then.
          const fits = seq === log.seq
          const end = log.append(events, log.seq)
          if (!fits) throw new RondoError('RONDO_STORE_CONFLICT', { message: 'Not at the end.' })
          return end
        },
      })),
      says: /refused must leave nothing/,
    },
  ],
  'has everything again when a study is opened again': [
    {
      subject: wrongStore((store) => ({
        open: (name, access) =>
          Object.defineProperty(store.open(name, access), 'artifacts', {
            value: { ...shared, read: async () => ({}) },
          }),
      })),
      says: /opened again must have its artifacts/,
    },
    {
      subject: wrongStore((store) => {
        const emptied = memory()
        return {
          create(name) {
            emptied.create(name).close()
            return store.create(name)
          },
          open: (name, access) => emptied.open(name, access),
        }
      }),
      says: /opened again must have its events/,
    },
  ],
  'lets one writer have a study, and any number of readers': [
    {
      subject: wrongStore((store) => ({
        open(name, access) {
          try {
            return store.open(name, access)
          } catch {
            return store.open(name, 'read')
          }
        },
      })),
      says: /for writing twice must fail with RONDO_STORE_LOCKED/,
    },
    {
      subject: wrongLog((log) => {
        const before = log.seq
        return {
          get seq() {
            return log.seq > 0 ? before : log.seq
          },
        }
      }),
      says: /must see what the writer appends/,
    },
  ],
  'lists studies, refuses a taken name and names the nearest to an unknown one': [
    {
      subject: wrong(() => {
        const store = memory()
        store.create('example').close()
        return store
      }),
      says: /new store must be empty/,
    },
    {
      subject: wrongStore((store) => ({
        open(name, access) {
          if (store.list().some((entry) => entry.name === name)) return store.open(name, access)
          throw new RondoError('RONDO_STUDY_NOT_FOUND', { message: 'No such study.' })
        },
      })),
      says: /answered with the nearest name/,
    },
    {
      subject: wrongStore((store) => ({ list: () => store.list().slice(1) })),
      says: /must list its studies/,
    },
  ],
  'keeps studies apart': [
    { subject: wrongLog(() => ({ artifacts: shared })), says: /must not share artifacts/ },
    {
      subject: wrongStore((store) => {
        const log = store.create('all')
        return { list: () => [], create: () => log, open: () => log }
      }),
      says: /must not share events/,
    },
  ],
  'gives back artifacts byte for byte, under any names of files': {
    subject: wrongArtifacts((artifacts) => ({
      write: (name, files) =>
        artifacts.write(
          name,
          Object.fromEntries(Object.entries(files).map(([file, bytes]) => [file.split('/').at(-1)!, bytes])),
        ),
    })),
    says: /must come back byte for byte/,
  },
  'names an artifact by what is in it': [
    {
      // The hash of the bytes alone: names of files do not count.
      subject: wrongArtifacts((artifacts) => ({
        async write(name, files) {
          const ref = await artifacts.write(name, files)
          const bytes = Object.values(files).flatMap((file) => [...file])
          return { ...ref, sha256: Buffer.from(bytes.sort()).toString('hex').padStart(64, '0') }
        },
      })),
      says: /Other files must have another hash/,
    },
    {
      subject: wrongArtifacts((artifacts) => ({
        write: async (name, files) => ({ ...(await artifacts.write(name, files)), sha256: name }),
      })),
      says: /must have the same SHA-256/,
    },
    {
      subject: wrongArtifacts((artifacts) => {
        const latest = new Map<string, string>()
        return {
          async write(name, files) {
            const ref = await artifacts.write(name, files)
            latest.set(name, ref.sha256)
            return ref
          },
          // Whatever is there now, whichever was asked for.
          read: ({ name, sha256 }) => artifacts.read({ name, sha256: latest.get(name) ?? sha256 }),
        }
      }),
      says: /reading by another hash must fail/i,
    },
  ],
  'replaces, removes and lists artifacts': [
    {
      subject: wrongArtifacts((artifacts) => {
        const all = new Map<string, ArtifactFiles>()
        return {
          write(name, files) {
            const merged = { ...all.get(name), ...files }
            all.set(name, merged)
            return artifacts.write(name, merged)
          },
        }
      }),
      says: /must have the new files only/,
    },
    { subject: wrongArtifacts(() => ({ list: async () => [] })), says: /list must name every artifact/ },
    {
      subject: wrongArtifacts((artifacts) => {
        const removed = new Set<string>()
        return {
          async remove(name) {
            if (removed.has(name)) throw new Error('nothing there')
            removed.add(name)
            await artifacts.remove(name)
          },
        }
      }),
      says: /must be no error/,
    },
  ],
  'publishes under another name what stays when its source is removed': [
    {
      // What was published first stays.
      subject: wrongArtifacts((artifacts) => {
        let first: string | undefined
        return {
          async publish(ref, name) {
            if (first === undefined) await artifacts.publish(ref, name)
            first ??= ref.sha256
          },
          read: ({ name, sha256 }) =>
            artifacts.read({ name, sha256: name === 'best' && first ? first : sha256 }),
        }
      }),
      says: /files that were published last.*trial 2/,
    },
    {
      subject: wrongArtifacts((artifacts) => {
        const shows = new Map<string, string>()
        return {
          async publish(ref, name) {
            shows.set(name, ref.name)
          },
          read: ({ name, sha256 }) => artifacts.read({ name: shows.get(name) ?? name, sha256 }),
        }
      }),
      says: /must stay when the artifact that it came from is removed/,
    },
  ],
  'publishes in one step: a reader sees the old files or the new ones, whole': [
    {
      // Says that it is done before it is.
      subject: wrongArtifacts((artifacts) => {
        let published = false
        return {
          async publish(ref, name) {
            if (!published) await artifacts.publish(ref, name)
            else setTimeout(() => void artifacts.publish(ref, name), 20)
            published = true
          },
        }
      }),
      says: /must be readable at once/,
    },
    {
      subject: wrongArtifacts((artifacts) => ({
        async publish(ref, name) {
          await artifacts.remove(name)
          await new Promise((resolve) => setTimeout(resolve, 20))
          await artifacts.publish(ref, name)
        },
      })),
      says: /must stay readable/,
    },
  ],
})
