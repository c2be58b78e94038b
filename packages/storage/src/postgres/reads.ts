import { type StorageFailure, StorageUnavailableError } from '../errors.ts'
import { type Asked, inScript, isGoing, type Script, type Stop } from '../script.ts'
import type { Client, Pool, Result } from './client.ts'
import { failureOf, isWorthAnother, told } from './failures.ts'
import { Talk } from './talk.ts'

const begin = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'

interface Parts {
  readonly pool: Pool
  readonly isClosed: () => boolean
  /** What has to be done before the next question. */
  readonly ready: () => Promise<void>
  /** Is told each time that somebody waits for the server. */
  readonly waiting: () => void
  /** Is told what kept the database from answering. */
  readonly failed: (reason: StorageFailure) => void
}

/** Only looks: what would change rows is refused before it is sent. */
class Looking extends Talk {
  override ask(stop: Exclude<Stop, void>): Promise<unknown> {
    const asked = (Array.isArray(stop) ? stop : [stop]) as readonly Asked<unknown>[]
    if (asked.some(({ statement }) => statement.changes)) {
      throw new TypeError('a read changes no rows: use write()')
    }
    return super.ask(stop)
  }
}

/** How what is committed is asked for. */
export function reading({ pool, isClosed, ready, waiting, failed }: Parts) {
  /** A look can be taken again: that a connection has died is nothing that whoever asks has to know. */
  async function look<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        if (isClosed()) throw new StorageUnavailableError('closed')
        await ready()
        return await work()
      } catch (error) {
        if (isWorthAnother(error, attempt, pool.max)) continue
        const reason = failureOf(error)
        if (reason !== undefined && reason !== 'closed') failed(reason)
        throw told(error)
      }
    }
  }

  /** Thrown, not rejected, as by a write: only so does the enclosing work fail. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    if (isGoing()) throw new TypeError('a read was asked for inside the work of a write()')
    return look(work)
  }

  /** All of a script as of one moment. */
  async function asOfOneMoment<T>(work: () => Script<T>): Promise<T> {
    const connection = await pool.reserve()
    const talk = new Looking(connection, waiting)
    try {
      talk.ahead(begin)
      const value = await talk.run(inScript(work))
      // Nothing rests on it, so nobody waits.
      connection.query('COMMIT').then(connection.giveBack, connection.close)
      return value
    } catch (error) {
      connection.close()
      throw error
    }
  }

  /** Whatever is asked of it, it refuses once it is closed. */
  const whileOpen: Client = {
    query(text, params): Promise<Result> {
      if (isClosed()) return Promise.reject(new StorageUnavailableError('closed'))
      return pool.query(text, params)
    },
  }

  return {
    look,
    ask: <T>(asked: Asked<T>) =>
      alone(async () => (await new Looking(pool, waiting).ask(asked)) as T),
    read: <T>(work: () => Script<T>) => alone(() => asOfOneMoment(work)),
    lookInSteps: <T>(work: () => Script<T>) =>
      alone(() => new Looking(whileOpen, waiting).run(inScript(work))),
  }
}
