import { deferred } from './deferred.ts'
import type { Environment } from './environment.ts'
import { type EventoSeguido, type FollowState, type LineDeps, openLine } from './line.ts'
import type { Session } from './session.ts'
import { SharedLine } from './shared-line.ts'
import { subjectOf } from './subject.ts'

export interface FollowOptions {
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal
  /** The id of the last event that was seen; without it the stream begins now. */
  readonly desde?: string
  /** Each change of the connection: for a light that says whether the page is live. */
  readonly onState?: (state: FollowState) => void
}

type Platform = Pick<Environment, 'locks' | 'channel' | 'visibility'>

export interface FollowDeps extends LineDeps, Platform {
  readonly session: Pick<Session, 'bearer' | 'onTurn' | 'shared'>
}

/** Where a reader has come to: the id of the last block, undefined as long as that is now. */
interface Progress {
  last: string | undefined
}

/** Resolves when the page can be seen, or `signal` is aborted. */
async function seen({ visibility }: FollowDeps, signal: AbortSignal): Promise<void> {
  if (!visibility?.hidden() || signal.aborted) return
  const { promise, resolve } = deferred<void>()
  const stop = visibility.onChange(() => {
    if (!visibility.hidden()) resolve()
  })
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise.finally(stop)
}

/** What ends when the page is hidden, when somebody logs in or out, or with `signal`. */
function spellOf({ visibility, session }: FollowDeps, signal: AbortSignal) {
  const spell = new AbortController()
  const end = () => spell.abort()
  const stopWatching = visibility?.onChange(() => {
    if (visibility.hidden()) end()
  })
  const stopListening = session.onTurn(end)
  signal.addEventListener('abort', end, { once: true })
  return {
    signal: spell.signal,
    release() {
      stopWatching?.()
      stopListening()
      signal.removeEventListener('abort', end)
      end()
    },
  }
}

/** Whoever is logged in, if tabs can share a line of theirs; else each has its own. */
async function sharing({ session, locks, channel, url }: FollowDeps) {
  if (!session.shared || locks === undefined || channel === undefined) return undefined
  const token = await session.bearer().catch(() => undefined)
  const subject = token === undefined ? undefined : subjectOf(token)
  return subject === undefined ? undefined : { locks, channel, name: `${url}:${subject}` }
}

/** The changes during one spell, and `progress` as far as they were handed out. */
async function* during(
  deps: FollowDeps,
  progress: Progress,
  signal: AbortSignal,
  onState: (state: FollowState) => void,
): AsyncGenerator<EventoSeguido, void, undefined> {
  const shared = await sharing(deps)
  if (signal.aborted) return
  const options = { signal, desde: progress.last, onState }
  const told =
    shared === undefined
      ? openLine(deps, options)
      : new SharedLine({ ...deps, ...shared }, options).run()
  for await (const { id, evento } of told) {
    if (signal.aborted) return
    progress.last = id ?? progress.last
    if (evento) yield evento
  }
}

/**
 * The changes of orders as they happen: own ones, for staff all. Breaks are mended without a gap;
 * the iteration ends when `signal` is aborted. The tabs of one session share one connection where
 * the browser lets them, and a page that nobody sees holds none: it catches up when it is seen.
 *
 * @throws ProblemError when the service refuses for good, as when nobody is logged in
 */
export async function* followOrders(
  deps: FollowDeps,
  options: FollowOptions = {},
): AsyncGenerator<EventoSeguido, void, undefined> {
  const { signal = new AbortController().signal, onState = () => undefined } = options
  const progress: Progress = { last: options.desde }
  for (;;) {
    await seen(deps, signal)
    if (signal.aborted) return
    const spell = spellOf(deps, signal)
    try {
      yield* during(deps, progress, spell.signal, onState)
    } finally {
      spell.release()
    }
    if (!signal.aborted) onState('waiting')
  }
}
