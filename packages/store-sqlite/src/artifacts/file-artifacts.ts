import { copyFile, link, mkdir, readdir, realpath, rename, rm, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type ArtifactFiles, type ArtifactRef, type ArtifactStore, RondoError } from '@rondo/core'
import { asideName, removeQuietly } from '../aside.ts'
import { type DiskWork, isMissing, readError, systemCode, writeError } from '../disk-errors.ts'
import { requireArtifactName, requireFileName } from './artifact-name.ts'
import { artifactNames, fileNames, isArtifact, readFiles, syncFolder, writeFiles } from './files-on-disk.ts'
import { hashFiles } from './hash-files.ts'
import { switchTo } from './switch-link.ts'

/** What published names show. A copy of its own, so that the artifact it came from may be removed. */
const PUBLISHED = '.published'

/** So many letters of a hash tell the versions of a published name apart. */
const HASH_LETTERS = 16

/**
 * Artifacts as folders beside the log: `trials/12/checkpoint-5/weights.bin`. A folder is written aside, brought to the
 * disk and renamed; a published name is a link that is switched. One artifact may not lie inside another.
 */
export class FileArtifacts implements ArtifactStore {
  readonly #root: string
  readonly #study: string
  #access: 'write' | 'read' | 'closed'

  constructor(root: string, study: string, access: 'write' | 'read') {
    this.#root = root
    this.#study = study
    this.#access = access
  }

  async write(name: string, files: ArtifactFiles): Promise<ArtifactRef> {
    requireArtifactName(name)
    for (const file of Object.keys(files)) requireFileName(file)
    this.#requireWritable()
    const bytes = Object.values(files).reduce((sum, file) => sum + file.length, 0)
    const ref = { name, sha256: hashFiles(files), bytes }
    const target = this.#path(name)
    // The same leg run again writes the same bytes: what stands there stays valid throughout.
    if (await this.#holds(ref)) return ref
    await this.#requirePlace(name)
    const aside = join(this.#root, asideName())
    try {
      await writeFiles(aside, files)
      await this.#moveTo(aside, target)
      await syncFolder(dirname(target))
    } catch (error) {
      removeQuietly(aside)
      throw writeError(error, this.#work(target))
    }
    return ref
  }

  async read(ref: ArtifactRef): Promise<ArtifactFiles> {
    requireArtifactName(ref.name)
    const files = await this.#readWhole(ref.name)
    if (hashFiles(files) === ref.sha256) return files
    throw new RondoError('RONDO_ARTIFACT_DAMAGED', {
      message: `The files of “${ref.name}” are not those that the log refers to.`,
      value: ref.name,
      place: { study: this.#study, file: this.#path(ref.name) },
    })
  }

  async publish(ref: ArtifactRef, name: string): Promise<void> {
    requireArtifactName(name)
    this.#requireWritable()
    await this.read(ref)
    const versions = this.#versionsOf(name)
    const version = ref.sha256.slice(0, HASH_LETTERS)
    const shown = this.#path(name)
    try {
      await mkdir(versions, { recursive: true })
      const former = (await realpath(shown).catch(() => undefined)) ?? ''
      const target = join(versions, version)
      await this.#copyAside(ref, target)
      await mkdir(dirname(shown), { recursive: true })
      await switchTo({ root: this.#root, shown, target })
      await syncFolder(dirname(shown))
      // The version before stays for those who are reading it now.
      for (const old of await readdir(versions)) {
        if (old !== version && old !== basename(former)) removeQuietly(join(versions, old))
      }
    } catch (error) {
      throw writeError(error, this.#work(shown))
    }
  }

  async remove(name: string): Promise<void> {
    requireArtifactName(name)
    this.#requireWritable()
    const path = this.#path(name)
    const aside = join(this.#root, asideName())
    try {
      // Out of the way in one step: a process that is killed here leaves no half of an artifact at its place.
      await rename(path, aside).catch(ignoreMissing)
      await rm(aside, { recursive: true, force: true })
      await rm(this.#versionsOf(name), { recursive: true, force: true })
      await this.#removeEmptyParents(path)
    } catch (error) {
      throw writeError(error, this.#work(path))
    }
  }

  async list(): Promise<readonly string[]> {
    try {
      return [...(await artifactNames(this.#root))].sort()
    } catch (error) {
      throw readError(error, this.#work(this.#root))
    }
  }

  /** Nothing is written from now on. */
  close(): void {
    this.#access = 'closed'
  }

  /** Hard links cost no space; where the disk has none, the files are copied. */
  async #copyAside(ref: ArtifactRef, target: string): Promise<void> {
    if (await isFolder(target)) return
    const from = await realpath(this.#path(ref.name))
    const aside = join(this.#root, asideName())
    try {
      for (const name of await fileNames(from)) {
        const path = join(aside, ...name.split('/'))
        await mkdir(dirname(path), { recursive: true })
        const source = join(from, ...name.split('/'))
        await link(source, path).catch(() => copyFile(source, path))
      }
      await mkdir(aside, { recursive: true })
      await rename(aside, target)
    } catch (error) {
      removeQuietly(aside)
      throw error
    }
  }

  async #moveTo(aside: string, target: string): Promise<void> {
    const former = join(this.#root, asideName())
    for (let attempt = 0; ; attempt++) {
      try {
        await mkdir(dirname(target), { recursive: true })
        await rename(target, former).catch(ignoreMissing)
        await rename(aside, target)
        break
      } catch (error) {
        // A removal beside this one may have taken the empty parent away.
        if (attempt > 0 || systemCode(error) !== 'ENOENT') throw error
      }
    }
    removeQuietly(former)
  }

  async #holds(ref: ArtifactRef): Promise<boolean> {
    if (!(await isFolder(this.#path(ref.name)))) return false
    const files = await readFiles(this.#path(ref.name)).catch(() => undefined)
    return files !== undefined && hashFiles(files) === ref.sha256
  }

  /** Whatever stood there would be lost, or seem to be a file of it. */
  async #requirePlace(name: string): Promise<void> {
    const parts = name.split('/')
    for (let depth = 1; depth < parts.length; depth++) {
      const outer = parts.slice(0, depth).join('/')
      if (await isArtifact(this.#path(outer))) throw this.#nested(name, `lie inside the artifact “${outer}”`)
    }
    const path = this.#path(name)
    const holdsOthers =
      (await isFolder(path)) && !(await isArtifact(path)) && (await artifactNames(path)).length > 0
    if (holdsOthers) throw this.#nested(name, 'hold other artifacts')
  }

  #nested(name: string, how: string): RondoError {
    return new RondoError('RONDO_OPTION_INVALID', {
      message: `The artifact “${name}” would ${how}.`,
      value: name,
      place: { study: this.#study },
      remedy: 'Give it a name beside the other artifacts.',
    })
  }

  async #readWhole(name: string): Promise<ArtifactFiles> {
    const path = this.#path(name)
    for (let attempt = 0; ; attempt++) {
      try {
        // All files from one version, even if the link is switched meanwhile.
        return await readFiles(await realpath(path))
      } catch (error) {
        if (!isMissing(error)) throw readError(error, this.#work(path))
        // The version may have been replaced and removed while it was read.
        if (attempt === 0 && (await isFolder(path))) continue
        throw new RondoError('RONDO_ARTIFACT_MISSING', {
          message: `There is no artifact “${name}” in study “${this.#study}”.`,
          value: name,
          place: { study: this.#study, file: path },
          cause: error,
        })
      }
    }
  }

  /** `trials/12`, once its last artifact has gone. */
  async #removeEmptyParents(path: string): Promise<void> {
    for (let folder = dirname(path); folder !== this.#root; folder = dirname(folder)) {
      try {
        await rmdir(folder)
      } catch {
        return
      }
    }
  }

  /** Encoded, so that no name's folder lies in another's. */
  #versionsOf(name: string): string {
    return join(this.#root, PUBLISHED, encodeURIComponent(name))
  }

  #path(name: string): string {
    return join(this.#root, ...name.split('/'))
  }

  #work(file: string): DiskWork {
    return { study: this.#study, file }
  }

  #requireWritable(): void {
    if (this.#access === 'write') return
    throw new RondoError('RONDO_STORE_CONFLICT', {
      message:
        this.#access === 'read'
          ? `Study “${this.#study}” is open for reading only.`
          : `The log of study “${this.#study}” has been closed.`,
      place: { study: this.#study },
    })
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error
}
