import { relative } from 'node:path'

/** The shorter of the path as it is and the path from here. */
export function nearPath(file: string): string {
  const near = relative(process.cwd(), file)
  return near !== '' && near.length < file.length ? near : file
}
