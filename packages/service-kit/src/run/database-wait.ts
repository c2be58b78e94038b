import { StorageOpenError, StorageUnavailableError } from '@encargo/storage'
import type { Server } from './place.ts'
import { stopAsked } from './signals.ts'
import { StartError } from './start-error.ts'

const retryMs = 500

/** Whether a server may only be late: it is not there, is starting, or has no room for one more now. */
const mayBeLate = ({ cause }: StorageOpenError) =>
  cause instanceof StorageUnavailableError && ['unreachable', 'overloaded'].includes(cause.reason)

export interface WaitOptions {
  readonly seconds: number
  /** Says, once, why it is waited for. */
  readonly say: (error: StorageOpenError) => void
  /** Monotonic milliseconds. */
  readonly now?: () => number
  readonly sleep?: (ms: number) => Promise<unknown>
}

/** What a database on a server is refused with, led by the variable that names it. */
export const ofVariable = ({ variable }: Server, error: StorageOpenError): StartError =>
  new StartError(`${variable}: ${error.message}`, { cause: error })

/**
 * What `ask` answers of a database, as soon as its server does: what starts a machine starts the server
 * and the services beside each other. All else that it rejects with is nobody's delay.
 * @throws StartError
 */
export async function onceThere<T>(
  place: Server,
  ask: (url: string) => Promise<T>,
  { seconds, say, now = () => performance.now(), sleep = Bun.sleep }: WaitOptions,
): Promise<T> {
  const until = now() + seconds * 1_000
  for (let said = false; ; said = true) {
    try {
      return await ask(place.url)
    } catch (error) {
      if (!(error instanceof StorageOpenError)) throw error
      if (!mayBeLate(error) || now() >= until || stopAsked()) throw ofVariable(place, error)
      if (!said) say(error)
    }
    await sleep(retryMs)
  }
}
