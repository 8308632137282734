import { env } from 'node:process'
import { fileURLToPath } from 'node:url'

/** Where the curves lie: `RONDO_CURVES`, or in this folder. */
export const curvesFolder = (): string => env.RONDO_CURVES ?? fileURLToPath(new URL('data', import.meta.url))
