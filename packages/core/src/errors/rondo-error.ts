import type { Json, JsonObject } from '../json.ts'
import { ERROR_CATALOGUE, type ErrorCode, type ErrorScope } from './catalogue.ts'

/** Where the offending value stands. Rows count from 1 with the header as line 1, as an editor shows them. */
export interface ErrorPlace {
  readonly file?: string
  readonly row?: number
  readonly column?: string
  /** A hyperparameter's name. */
  readonly param?: string
  /** A path into a config, `search.kappa`, say. */
  readonly field?: string
  readonly study?: string
  readonly trial?: number
  readonly plugin?: string
}

/** What an error says besides its code. */
export interface ErrorDetails {
  /** What is wrong, as one sentence. */
  readonly message: string
  /** The offending value. */
  readonly value?: Json
  readonly place?: ErrorPlace
  /** What to do; the catalogue's own remedy where absent. */
  readonly remedy?: string
  readonly cause?: unknown
}

/** An error of the catalogue: code, offending value, place and remedy. */
export class RondoError extends Error {
  override readonly name = 'RondoError'
  readonly code: ErrorCode
  readonly value: Json | undefined
  readonly place: ErrorPlace
  readonly remedy: string

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.value = details.value
    this.place = details.place ?? {}
    this.remedy = details.remedy ?? ERROR_CATALOGUE[code].remedy
  }

  /** Whether it ends one trial or the whole command. */
  get scope(): ErrorScope {
    return ERROR_CATALOGUE[this.code].scope
  }

  /** The form in which it is logged and sent between processes. */
  toJSON(): JsonObject {
    return {
      code: this.code,
      message: this.message,
      ...(this.value === undefined ? {} : { value: this.value }),
      place: { ...this.place } as JsonObject,
      remedy: this.remedy,
    }
  }

  /** The inverse of {@link RondoError.toJSON}. */
  static fromJSON(json: JsonObject): RondoError {
    const { code, message, value, place, remedy } = json as unknown as {
      code: ErrorCode
      message: string
      value?: Json
      place?: ErrorPlace
      remedy?: string
    }
    const known = code in ERROR_CATALOGUE ? code : 'RONDO_INTERNAL'
    return new RondoError(known, {
      message,
      ...(value === undefined ? {} : { value }),
      ...(place === undefined ? {} : { place }),
      ...(remedy === undefined ? {} : { remedy }),
    })
  }
}

/** `error` itself if it is coded, else wrapped under `code` with its message and as cause. */
export function asRondoError(error: unknown, code: ErrorCode, place: ErrorPlace = {}): RondoError {
  // Two copies of core may be loaded: recognise the class by its name, not by identity.
  if (error instanceof Error && error.name === 'RondoError') return error as RondoError
  const message = error instanceof Error ? error.message : String(error)
  return new RondoError(code, { message, place, cause: error })
}
