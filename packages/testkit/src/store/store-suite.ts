import type { Suite } from '../suite.ts'
import { artifactChecks } from './artifact-checks.ts'
import { logChecks } from './log-checks.ts'
import type { StoreSubject } from './open-store.ts'

/** Rules for every store. The subject makes the plugin on a new, empty place at each call. */
export const storeSuite: Suite<StoreSubject> = { name: 'store', checks: [...logChecks, ...artifactChecks] }
