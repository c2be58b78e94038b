/** A value that lives outside of the components; `useSyncExternalStore` reads it. */
interface Store<T> {
  readonly get: () => T
  readonly set: (value: T) => void
  readonly subscribe: (listener: () => void) => () => void
}

export function createStore<T>(initial: T): Store<T> {
  let held = initial
  const listeners = new Set<() => void>()
  return {
    get: () => held,
    set(value) {
      if (Object.is(value, held)) return
      held = value
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
