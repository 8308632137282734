// tsyringe refuses to load without the metadata polyfill.
import 'reflect-metadata'
import { type DependencyContainer, container as globalContainer } from 'tsyringe'

/** The container behind compose: keys with their makers, and children that fall back on their parents. */
export interface Container {
  provide(key: symbol, make: () => unknown): void
  get(key: symbol): unknown
  child(): Container
}

/** An empty container that shares nothing with any other. */
export const createContainer = (): Container => wrap(globalContainer.createChildContainer())

function wrap(container: DependencyContainer): Container {
  return {
    provide: (key, make) => {
      container.register(key, { useFactory: make })
    },
    get: (key) => container.resolve(key),
    child: () => wrap(container.createChildContainer()),
  }
}
