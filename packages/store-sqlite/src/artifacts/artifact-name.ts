import { RondoError } from '@rondo/core'
import { MARKER } from './files-on-disk.ts'

/** One part of a path that means the same on every file system, and nothing but a child. */
const SEGMENT = /^[^\\/:*?"<>|\p{Cc}]+$/u

/** Kept for the store's own files. */
const RESERVED = /^(log\.|\.)/

/**
 * @throws RONDO_OPTION_INVALID where `name` (`trials/12/checkpoint-5`) leaves the study's folder or collides with the
 * store's own files.
 */
export function requireArtifactName(name: string): void {
  if (isRelativePath(name) && !RESERVED.test(name)) return
  throw invalid(name, 'the name of an artifact')
}

/** @throws RONDO_OPTION_INVALID where `file` is no path inside its artifact. */
export function requireFileName(file: string): void {
  if (!isRelativePath(file) || file === MARKER) throw invalid(file, 'the name of a file in an artifact')
}

function isRelativePath(path: string): boolean {
  return path.split('/').every((part) => SEGMENT.test(part) && part !== '.' && part !== '..')
}

function invalid(value: string, what: string): RondoError {
  return new RondoError('RONDO_OPTION_INVALID', {
    message: `“${value}” cannot be ${what}.`,
    value,
    remedy:
      'Use a relative path of plain names with “/” between them; “log.…” and names that begin with “.” are taken.',
  })
}
