export interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (reason: unknown) => void
}

/** `Promise.withResolvers`, which Node has only since 22. */
export function deferred<T>(): Deferred<T> {
  const handles: Omit<Deferred<T>, 'promise'>[] = []
  const promise = new Promise<T>((resolve, reject) => {
    handles.push({ resolve, reject })
  })
  const [handle] = handles
  if (handle === undefined) throw new Error('a promise runs its executor at once')
  return { promise, ...handle }
}
