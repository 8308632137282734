import { cp, rename, rm, symlink, unlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { asideName } from '../aside.ts'
import { systemCode } from '../disk-errors.ts'

/** Makes `shown` show the folder `target`; both lie on one disk below `root`, where things may be put aside. */
export interface Switch {
  readonly root: string
  readonly shown: string
  readonly target: string
}

/**
 * In one step: a link is made aside and renamed over the former one. Where the system has no such links (Windows
 * without the right to make them, FAT) a junction or a copy takes their place.
 */
export async function switchTo(request: Switch): Promise<void> {
  try {
    await switchLink(request)
  } catch (error) {
    if (!LINKS_REFUSED.has(systemCode(error) ?? '')) throw error
    await switchCopy(request)
  }
}

/** EISDIR and the like: what stands there is a folder, put there by {@link switchCopy}. */
const LINKS_REFUSED = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EISDIR', 'EEXIST', 'ENOTEMPTY'])

async function switchLink({ root, shown, target }: Switch): Promise<void> {
  const aside = join(root, asideName())
  const isWindows = process.platform === 'win32'
  // Relative, so that the study's folder can be moved; a junction is absolute by nature.
  if (isWindows) await symlink(target, aside, 'junction')
  else await symlink(relative(dirname(shown), target), aside)
  try {
    // Windows does not rename over a link to a folder.
    if (isWindows) await unlink(shown).catch(ignoreMissing)
    await rename(aside, shown)
  } catch (error) {
    await unlink(aside).catch(ignoreMissing)
    throw error
  }
}

/** Two renames with the whole copy ready aside: between them `shown` is absent, never half there. */
export async function switchCopy({ root, shown, target }: Switch): Promise<void> {
  const aside = join(root, asideName())
  const former = join(root, asideName())
  try {
    await cp(target, aside, { recursive: true })
    await rename(shown, former).catch(ignoreMissing)
    await rename(aside, shown)
  } finally {
    await rm(aside, { recursive: true, force: true })
    await rm(former, { recursive: true, force: true })
  }
}

function ignoreMissing(error: unknown): void {
  if (systemCode(error) !== 'ENOENT') throw error
}
