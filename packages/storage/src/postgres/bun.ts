import { SQL } from 'bun'
import type { Value } from '../script.ts'
import { inTime, type Loss, LostError, type OpenPool, type Result, ServerError } from './client.ts'

/** What it says of a connection. All else is about making one. */
const losses: Readonly<Record<string, Loss>> = {
  ERR_POSTGRES_CONNECTION_CLOSED: 'gone',
  ERR_POSTGRES_CONNECTION_FAILED: 'late',
  ERR_POSTGRES_CONNECTION_TIMEOUT: 'late',
}

/** A driver's error as this package knows it. */
function known(error: unknown): unknown {
  // A parameter that is none; nothing was sent.
  if (error instanceof LostError || error instanceof TypeError) return error
  // Such as a certificate that is not trusted.
  if (!(error instanceof SQL.PostgresError)) return new LostError(String(error), 'away')
  const { message, errno: state, code, table, constraint, detail } = error
  // It says so instead of COMMIT's tag.
  if (code === 'ERR_POSTGRES_COMMIT_ROLLED_BACK')
    return new ServerError({ message, state: '25P02' })
  if (state === undefined)
    return new LostError(`${message} (${code})`, losses[String(code)] ?? 'away')
  return new ServerError({ message, state: String(state), table, constraint, detail })
}

const rejecting = (error: unknown): never => {
  throw known(error)
}

/** A text as a template has it: only so Bun prepares a statement without parameters, and sends it at once. */
const template = (text: string) =>
  Object.defineProperty([text], 'raw', {
    value: [text],
  }) as readonly string[] as TemplateStringsArray

function send(on: SQL, text: string, params: readonly Value[] = []): Promise<Result> {
  const sent = params.length > 0 ? on.unsafe(text, [...params]) : on(template(text))
  return sent.then((result) => result as Result, rejecting)
}

/** How long it may take to make a connection, in seconds. */
const longestConnecting = 5

/** On Bun's driver. */
export const openBunPool: OpenPool = ({ url, max, settings, deadlineMs }) => {
  const connectionTimeout = Math.min(longestConnecting, Math.ceil(deadlineMs / 2_000))
  const make = () => new SQL(url, { max, connection: settings, connectionTimeout })
  let sql = make()
  let closing: Promise<void> | undefined
  const renew = (old = sql) => {
    if (old !== sql || closing) return
    sql = make()
    old.close({ timeout: 0 }).catch(() => undefined)
  }
  return {
    max,
    query(text, params) {
      const used = sql
      return inTime(send(used, text, params), deadlineMs, () => renew(used))
    },
    async reserve() {
      const used = sql
      const stop = new AbortController()
      const reserved = used.reserve({ signal: stop.signal }).catch(rejecting)
      const one = await inTime(reserved, deadlineMs, () => {
        stop.abort()
        renew(used)
      })
      let open = true
      const end = (work: () => unknown) => {
        if (!open) return
        open = false
        // A connection that is lost is closed already.
        void Promise.try(work).catch(() => undefined)
      }
      const answered = <T>(answer: Promise<T>) => inTime(answer, deadlineMs, () => renew(used))
      return {
        query: (text, params) => answered(send(one, text, params)),
        run: (text) => answered(one.unsafe(text).then(() => undefined, rejecting)),
        giveBack: () => end(() => one.release()),
        close: () => end(() => one.close({ timeout: 0 })),
      }
    },
    renew: () => renew(),
    close: () => (closing ??= sql.close({ timeout: 1 })),
  }
}
