import { definePlugin, type Plugin } from '../composition/plugin.ts'
import { LOGGER, type Logger } from '../contracts/logger.ts'

/** Says nothing: the logger of a study that composes none. */
export const silentLogger = (): Plugin<Logger> =>
  definePlugin({
    name: 'silent-logger',
    provides: LOGGER,
    scope: 'process',
    create: () => ({ debug() {}, info() {}, warn() {}, error() {} }),
  })
