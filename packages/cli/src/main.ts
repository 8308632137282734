import { EXIT } from './exit-codes.ts'
import { reportUncaught, run } from './run.ts'

// A reader that has seen enough (`rondo list | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

// What nobody waits for can fail too: a stream, a timer. It is told like every other error.
process.on('uncaughtException', (error) => {
  void reportUncaught(error).finally(() => process.exit(EXIT.error))
})

process.exitCode = await run(process.argv.slice(2))
