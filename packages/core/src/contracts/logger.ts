import { token } from '../composition/token.ts'

/** Where a plugin says what it does. A pino logger is one. */
export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export const LOGGER = token<Logger>('logger')
