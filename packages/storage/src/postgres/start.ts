import { StorageOpenError } from '../errors.ts'
import { type Connection, LostError, ServerError } from './client.ts'
import { told } from './failures.ts'
import { isReadOnly } from './health.ts'

/** The oldest that is tested to be enough. */
const oldestServer = 13

/** A part of a URL that can be decoded: a password with a plain % in it can't. */
const isEncoded = (text: string) => !/%(?![\da-f]{2})/i.test(text)

/**
 * Whether it is the address of a PostgreSQL database. One with a password in which `/` or `%` stand as
 * they are is none: a part of such a password would be taken for the host, or for the database's name.
 */
export function isDatabaseUrl(url: string): boolean {
  if (!URL.canParse(url) || !isEncoded(url)) return false
  const { protocol, hostname, pathname } = new URL(url)
  return /^postgres(?:ql)?:$/.test(protocol) && hostname !== '' && /^\/[^/@]+$/.test(pathname)
}

/** What a person may read of a URL: not its user and password. */
export function shownUrl(url: string): string {
  if (!isDatabaseUrl(url)) return 'the database of DATABASE_URL'
  const { protocol, hostname, port, pathname } = new URL(url)
  return `${protocol}//${hostname}${port && `:${port}`}${pathname}`
}

/** A schema of it, for people as well. */
export const placeText = (url: string, schema: string) => `${shownUrl(url)} (schema ${schema})`

const pooler =
  'a pooler in between, such as PgBouncer, does not keep a session; give the address of the server itself'

/** @throws Error when it is not the address of a PostgreSQL database */
export function checkUrl(url: string): void {
  if (!isDatabaseUrl(url)) {
    throw new Error('its address is not of the form postgres://user:password@host:port/database')
  }
}

/** A setting that no pooler keeps for its clients. */
const kept = 'idle_in_transaction_session_timeout'

/**
 * Makes sure that the server can do what is needed.
 * @param settings what each connection was to be given
 * @throws Error with a sentence
 */
export async function checkServer(
  connection: Connection,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const [first] =
    await connection.query(`SELECT current_setting('server_version_num')::int AS version,
    current_setting('server_encoding') AS encoding, pg_backend_pid() AS pid,
    (SELECT setting FROM pg_settings WHERE name = '${kept}') AS setting`)
  const { version, encoding, setting, pid } = first ?? {}
  if (Number(version) < oldestServer * 10_000) {
    const found = Math.trunc(Number(version) / 10_000)
    throw new Error(`it is PostgreSQL ${found}, and ${oldestServer} or later is needed`)
  }
  if (encoding !== 'UTF8') {
    throw new Error(
      `its encoding is ${String(encoding)}, and UTF8 is needed; make one with ENCODING 'UTF8' TEMPLATE template0`,
    )
  }
  const [again] = await connection.query('SELECT pg_backend_pid() AS pid')
  if (setting !== settings[kept] || again?.['pid'] !== pid) throw new Error(pooler)
  if (await isReadOnly(connection)) {
    throw new Error('it is read-only, as a standby is; give the address of the primary')
  }
}

export const noRight = 'its user may not create or change what is needed there; make it the owner'

/** Begins of SQLSTATEs of a start that fails, in words for whoever can mend it. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^28/, 'it refuses the user or the password'],
  [/^3D/, 'the server has no database of that name'],
  [/^42501/, noRight],
  [/^53300/, 'the server has no connection left; raise its max_connections'],
  [/^57P03/, 'the server is starting or stopping'],
  [/^08P01/, pooler],
  [/^55P03/, 'others use the tables that are to be changed; try again'],
]

/** Whether a later start may find what this one did not: a server, or room for one more there. */
export const isAway = (error: unknown) =>
  error instanceof LostError
    ? !isInsecure(error)
    : error instanceof ServerError && /^(?:57P|53)/.test(error.state)

const isInsecure = ({ message }: LostError) => /TLS|CERT|SSL/i.test(message)

/** What kept a database from being opened, in words where there are better ones than the driver's. */
export function sentence(error: unknown): string | undefined {
  if (error instanceof ServerError) {
    return sentences.find(([states]) => states.test(error.state))?.[1]
  }
  if (!(error instanceof LostError)) return undefined
  if (isInsecure(error)) return `no secure connection: ${error.message}`
  return error.loss === 'late' ? 'the server does not answer' : 'no server listens at that address'
}

/** What kept it from being opened, as those are told who asked for it. */
export const cannotOpen = (place: string, error: unknown): StorageOpenError =>
  new StorageOpenError(place, isAway(error) ? told(error) : error, sentence(error))
