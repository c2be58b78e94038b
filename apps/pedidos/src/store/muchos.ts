import type { Engine, Many, Script } from '@encargo/storage'

/**
 * A write of which many come at once. Where a statement is a way to a server, one that comes alone is done
 * in the few statements of many as well.
 */
export const muchos = <Q, A>(
  { shared }: Engine,
  one: Many<Q, A>['one'],
  all: Many<Q, A>['all'],
): Many<Q, A> => ({
  one: shared ? (request) => solo(all, request) : one,
  all,
})

function* solo<Q, A>(all: Many<Q, A>['all'], request: Q): Script<A> {
  const [answer] = yield* all([request])
  if (!answer) throw new Error('a write of many leaves one without its answer')
  return answer()
}
