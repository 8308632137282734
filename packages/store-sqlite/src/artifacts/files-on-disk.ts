import { mkdir, open, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ArtifactFiles } from '@rondo/core'
import { systemCode } from '../disk-errors.ts'

/** Writes files into a new folder and waits until they are on the disk. */
export async function writeFiles(folder: string, files: ArtifactFiles): Promise<void> {
  await mkdir(folder)
  const folders = new Set([folder])
  for (const [name, bytes] of Object.entries(files)) {
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

/** The names of all files below `folder`, relative to it, `/` as separator. */
export async function fileNames(folder: string): Promise<readonly string[]> {
  const names: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) names.push(entry.name)
    else for (const name of await fileNames(join(folder, entry.name))) names.push(`${entry.name}/${name}`)
  }
  return names
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
