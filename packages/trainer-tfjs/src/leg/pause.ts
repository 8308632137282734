/** Lets timers, signals and messages of other parts of the program have their turn. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
