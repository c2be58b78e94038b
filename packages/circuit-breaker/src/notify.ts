/** Tells a listener. Its error, thrown or rejected, must not break the call that it is told about. */
export function notify<E>(listener: ((event: E) => void) | undefined, event: E): void {
  try {
    const told: unknown = listener?.(event)
    if (told instanceof Promise) told.catch(() => undefined)
  } catch {}
}
