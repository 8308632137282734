/**
 * A Ctrl-C in a terminal, or a `kill` of a process group, reaches the workers as well as their parent. The parent decides
 * what becomes of the legs; should it end, the workers notice. Imported before anything else, for a signal may come
 * while the rest is being loaded.
 */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
