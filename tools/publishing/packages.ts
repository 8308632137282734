import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npm } from './run-command.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The fields of a package.json that publishing looks at. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly engines?: { readonly node?: string }
  readonly dependencies?: { readonly [name: string]: string }
  readonly peerDependencies?: { readonly [name: string]: string }
  readonly devDependencies?: { readonly [name: string]: string }
}

/** A package as npm would publish it. */
export interface PackedPackage {
  readonly name: string
  /** Of the sources. */
  readonly folder: string
  readonly manifest: Manifest
  /** Paths in the tarball, `/` as separator. */
  readonly files: readonly string[]
  /** The tarball's file name. */
  readonly filename: string
}

/**
 * Packs every package of ours.
 *
 * @param destination Where the tarballs go; only the lists of files are made where it is absent.
 */
export function packAll(destination?: string): readonly PackedPackage[] {
  const how = destination === undefined ? ['--dry-run'] : ['--pack-destination', destination]
  const reports = JSON.parse(
    npm(root, 'pack', '--workspaces', '--json', '--ignore-scripts', ...how),
  ) as readonly PackReport[]
  const folders = new Map(
    readdirSync(join(root, 'packages')).map((name) => {
      const folder = join(root, 'packages', name)
      return [readManifest(folder).name, folder]
    }),
  )
  return reports.map(({ name, filename, files }) => {
    const folder = folders.get(name)!
    return { name, folder, manifest: readManifest(folder), files: files.map(({ path }) => path), filename }
  })
}

export const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

/** What `npm pack --json` prints. */
interface PackReport {
  readonly name: string
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}
