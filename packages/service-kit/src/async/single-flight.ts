/** Work of which there is one at a time for each key: who asks meanwhile shares its outcome. */
export class SingleFlight<K, T> {
  readonly #running = new Map<K, Promise<T>>()

  run(key: K, work: () => Promise<T>): Promise<T> {
    const before = this.#running.get(key)
    if (before) return before
    const running = work().finally(() => this.#running.delete(key))
    this.#running.set(key, running)
    return running
  }
}
