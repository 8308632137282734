import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ErrorPlace } from '@rondo/core'

/** The line of a config that an error came from: the topmost line of the stack in it, or in a file that it imports. */
export function placeOfFailure(error: unknown, file: string): ErrorPlace {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const found = frames(stack)
  const at = found.find((frame) => frame.file === file) ?? found.find((frame) => isOwn(frame.file))
  return at === undefined ? { file } : { file: at.file, row: at.row }
}

interface Frame {
  readonly file: string
  readonly row: number
}

/** Files with lines, as syntax errors (`file:///a.ts:3`) and stack frames (`file:///a.ts:3:14`) name them. */
function frames(stack: string): readonly Frame[] {
  // Frames of Node itself (`node:internal/…:455`) are no files: a name begins after a space or a bracket.
  const named = /(?<=^|[\s(])((?:file:\/\/)?\/[^\s():]+|[A-Za-z]:\\[^\s():]+):(\d+)(?::\d+)?/gm
  return [...stack.matchAll(named)].map(([, where = '', row]) => ({
    file: where.startsWith('file:') ? fileURLToPath(where) : fileURLToPath(pathToFileURL(where)),
    row: Number(row),
  }))
}

const isOwn = (file: string): boolean => !file.includes('node_modules') && !file.includes('/packages/')
