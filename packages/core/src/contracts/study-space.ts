import { token } from '../composition/token.ts'
import type { Space } from '../space/space.ts'

/** The space of the study, resolved from config, model builder and data: for plugins that depend on its ranges. */
export const STUDY_SPACE = token<Space>('study-space')
