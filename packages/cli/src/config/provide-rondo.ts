import module from 'node:module'

let provided = false

/**
 * Lets a config import `rondo` and `@rondo/…` wherever it lies: what isn't installed beside it comes from the
 * installation that runs it.
 */
export function provideRondo(): void {
  if (provided) return
  provided = true
  module.registerHooks({
    resolve(specifier, context, next) {
      const ours = specifier === 'rondo' || specifier.startsWith('rondo/') || specifier.startsWith('@rondo/')
      if (!ours) return next(specifier, context)
      try {
        return next(specifier, context)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
        return next(specifier, { ...context, parentURL: import.meta.url })
      }
    },
  })
}
