// Builds and packs every package, checks the tarballs, and works with them outside the repository: as the author of a
// plugin and as a user. Says what it did; fails at the first thing that does not work.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lintTarballs } from './publishing/lint.ts'
import { packAll, root } from './publishing/packages.ts'
import { authorPlugin } from './publishing/plugin-author.ts'
import { npm } from './publishing/run-command.ts'
import { useRondo } from './publishing/user.ts'

const place = mkdtempSync(join(tmpdir(), 'rondo-publishing-'))
try {
  npm(root, 'run', 'build')
  const folder = join(place, 'tarballs')
  mkdirSync(folder)
  const packed = packAll(folder)
  console.log(`Built and packed ${packed.length} packages.`)

  await lintTarballs(packed, folder)
  console.log('publint and attw have nothing to say, and each tarball holds what it should and nothing else.')

  const tarballs = new Map(packed.map(({ name, filename }) => [name, join(folder, filename)]))
  const plugin = authorPlugin(join(place, 'plugin'), tarballs)
  console.log('A search strategy builds and passes the suite with core and testkit, without tfjs.')

  const { ended, atATime, predictions } = useRondo(
    join(place, 'user'),
    new Map([...tarballs, ['rondo-search-evolution', plugin]]),
  )
  if (ended !== 4 || atATime !== 2 || predictions < 1) {
    throw new Error(`${ended} of 4 trials ended, ${atATime} of 2 at a time, ${predictions} predictions.`)
  }
  console.log(
    `In an empty project the config typechecks, ${ended} trials by that strategy trained in ${atATime} processes, and the best was scored and gave ${predictions} predictions.`,
  )
} finally {
  rmSync(place, { recursive: true, force: true })
}
