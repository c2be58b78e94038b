/** Something that a store is asked for, the same of each that is asked. */
export interface Operation<S> {
  /** The method, as `store.crear`. */
  readonly name: string
  readonly ask: (store: S) => Promise<unknown>
  /** Of a write: with which others it shares statements where many come at once. */
  readonly kind: string | undefined
}

/** @param learn is told each store's answer: they are the same, so it must not count them */
export const operation = <S, T>(
  name: string,
  ask: (store: S) => Promise<T>,
  { learn, kind }: { learn?: (answer: T) => unknown; kind?: string } = {},
): Operation<S> => ({
  name,
  kind,
  async ask(store) {
    const answer = await ask(store)
    learn?.(answer)
    return answer
  },
})

/** Makes the next operation of its sort. */
export type Maker<S> = () => Operation<S>

/** Some makers, each so many times: the more often, the more of what they make. */
export const often = <S>(times: number, ...makers: readonly Maker<S>[]): readonly Maker<S>[] =>
  Array.from({ length: times }, () => makers).flat()

/** Whoever asks a service's store for one thing after the other. */
export interface Asker<S> {
  /** Time passes, or goes back a little. */
  readonly tick: () => void
  /** Writes of one transaction each, and nothing else: any number may be asked for at once. */
  readonly writes: readonly Maker<S>[]
  /** Any number may be asked for at once while nothing is written. */
  readonly reads: readonly Maker<S>[]
  /** What looks first and then writes. */
  readonly alone: readonly Maker<S>[]
}

/**
 * Writes of one moment in the order in which PostgreSQL does them: those of a kind with the first of them.
 */
export function asDone<S>(round: readonly Operation<S>[]): readonly Operation<S>[] {
  const placeOf = (one: Operation<S>, at: number) =>
    one.kind === undefined ? at : round.findIndex(({ kind }) => kind === one.kind)
  const places = new Map(round.map((one, at) => [one, placeOf(one, at)]))
  return round.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
}
