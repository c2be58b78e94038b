import { Client, type ClientConfig, DatabaseError, Pool, type PoolClient } from 'pg'
import {
  type Connection,
  inTime,
  LostError,
  type OpenPool,
  type Result,
  ServerError,
} from '../../src/postgres/client.ts'
import type { Value } from '../../src/script.ts'

const lossOf = (told: string) =>
  /timeout/.test(told) ? 'late' : /ECONNREFUSED|ENOTFOUND|EAI_/.test(told) ? 'away' : 'gone'

function known(error: unknown): unknown {
  if (error instanceof LostError) return error
  if (!(error instanceof DatabaseError)) return new LostError(String(error), lossOf(String(error)))
  const { message, code: state = 'XX000', table, constraint, detail } = error
  return new ServerError({ message, state, table, constraint, detail })
}

const rejecting = (error: unknown): never => {
  throw known(error)
}

const names = new Map<string, string>()

/** One name for each text, so that the server prepares it once. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `p${names.size}`
  names.set(text, name)
  return name
}

async function send(on: PoolClient, text: string, params: readonly Value[] = []): Promise<Result> {
  const values = params.map((one) => (one instanceof Uint8Array ? Buffer.from(one) : one))
  const { rows, rowCount, command, fields } = await on
    .query<Record<string, Value>>({ name: nameOf(text), text, values })
    .catch(rejecting)
  const columns = fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }))
  return Object.assign(rows, { count: rowCount ?? 0, command, columns })
}

/** The same face on node-postgres: that it passes the same tests shows that it could take over. */
export const openPgPool: OpenPool = ({ url, max, settings, deadlineMs }) => {
  const options = Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`)
    .join(' ')

  function make() {
    const live = new Set<Client>()
    const pool = new Pool({
      connectionString: url,
      max,
      options,
      connectionTimeoutMillis: deadlineMs / 2,
      Client: class extends Client {
        constructor(config?: ClientConfig) {
          super(config)
          live.add(this)
          this.on('error', () => undefined)
          this.on('end', () => live.delete(this))
        }
      },
    })
    pool.on('error', () => undefined)
    return { pool, live }
  }

  let made = make()
  let closing: Promise<unknown> | undefined
  function renew(old = made): void {
    if (old !== made || closing) return
    made = make()
    for (const one of old.live) void one.end().catch(() => undefined)
    void old.pool.end().catch(() => undefined)
  }

  async function reserve(): Promise<Connection> {
    const used = made
    const lost = () => renew(used)
    if (closing) throw new LostError('the pool is closed', 'gone')
    const one = await inTime(used.pool.connect().catch(rejecting), deadlineMs, lost)
    let open = true
    const end = (broken: boolean) => {
      if (open) one.release(broken || used !== made)
      open = false
    }
    const answered = <T>(work: () => Promise<T>) =>
      open
        ? inTime(work(), deadlineMs, lost)
        : Promise.reject(new LostError('the connection was given back', 'gone'))
    return {
      query: (text, params) => answered(() => send(one, text, params)),
      run: (text) => answered(async () => void (await one.query(text).catch(rejecting))),
      giveBack: () => end(false),
      close: () => end(true),
    }
  }

  async function query(text: string, params?: readonly Value[]): Promise<Result> {
    const one = await reserve()
    try {
      const result = await one.query(text, params)
      one.giveBack()
      return result
    } catch (error) {
      // It can't be told from here whether it can go on.
      one.close()
      throw error
    }
  }

  const asked = new Set<Promise<unknown>>()
  return {
    max,
    query(text, params) {
      const answer = query(text, params)
      asked.add(answer)
      const settled = () => void asked.delete(answer)
      answer.then(settled, settled)
      return answer
    },
    reserve,
    renew: () => renew(),
    async close() {
      await (closing ??= Promise.allSettled(asked))
      await Promise.all([...made.live].map((one) => one.end()))
    },
  }
}
