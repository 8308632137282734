import type { prepareStudy } from '@rondo/core'

type Prepared = Awaited<ReturnType<typeof prepareStudy>>

/** A kill between making the log and writing its first event leaves an empty one, which `create` takes over. */
export function createOrResume(prepared: Prepared): ReturnType<Prepared['create']> {
  try {
    return prepared.create()
  } catch {
    return prepared.resume()
  }
}
