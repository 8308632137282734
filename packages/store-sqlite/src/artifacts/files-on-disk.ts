import { lstat, mkdir, open, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ArtifactFiles } from '@rondo/core'
import { systemCode } from '../disk-errors.ts'

/** An empty file that tells the folder of an artifact from one that holds artifacts. It is no file of the artifact. */
export const MARKER = '.artifact'

/** Writes the folder of an artifact and waits until it is on the disk. */
export async function writeFiles(folder: string, files: ArtifactFiles): Promise<void> {
  await mkdir(folder)
  const folders = new Set([folder])
  for (const [name, bytes] of [...Object.entries(files), [MARKER, new Uint8Array()] as const]) {
    const path = join(folder, ...name.split('/'))
    for (let parent = dirname(path); parent !== folder; parent = dirname(parent)) folders.add(parent)
    await mkdir(dirname(path), { recursive: true })
    const handle = await open(path, 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
  for (const each of folders) await syncFolder(each)
}

/** Every file below `folder`, by its name relative to it. */
export async function readFiles(folder: string): Promise<ArtifactFiles> {
  const files: [string, Uint8Array][] = []
  for (const name of await fileNames(folder)) {
    const bytes = await readFile(join(folder, ...name.split('/')))
    files.push([name, new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)])
  }
  return Object.fromEntries(files)
}

/** The names of all files of an artifact, relative to its folder, `/` as separator. */
export async function fileNames(folder: string): Promise<readonly string[]> {
  return (await namesBelow(folder)).filter((name) => name !== MARKER)
}

async function namesBelow(folder: string): Promise<readonly string[]> {
  const names: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) names.push(entry.name)
    else for (const name of await namesBelow(join(folder, entry.name))) names.push(`${entry.name}/${name}`)
  }
  return names
}

/** The names of the artifacts below `folder`, relative to it. Links and what begins with a dot are none. */
export async function artifactNames(folder: string): Promise<readonly string[]> {
  const names: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue
    const below = join(folder, entry.name)
    if (await isArtifact(below)) names.push(entry.name)
    else for (const name of await artifactNames(below)) names.push(`${entry.name}/${name}`)
  }
  return names
}

/** Whether a folder is that of an artifact. */
export async function isArtifact(folder: string): Promise<boolean> {
  try {
    return (await lstat(join(folder, MARKER))).isFile()
  } catch {
    return false
  }
}

/** Makes a rename in `folder` survive a power cut. Windows has no such call, and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some network file systems refuse it; the write itself has succeeded.
    if (systemCode(error) !== 'EINVAL' && systemCode(error) !== 'ENOTSUP') throw error
  } finally {
    await handle.close()
  }
}
