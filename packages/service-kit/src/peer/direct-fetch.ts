import { Connection, NotAnsweredError, type Outgoing } from './connection.ts'

type Input = Parameters<typeof fetch>[0]
type Init = NonNullable<Parameters<typeof fetch>[1]>

/** What goes over the wire as it is written: no user, no fragment, no dots to be resolved, only ASCII. */
const plainAddress =
  /^http:\/\/((\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?)((?!.*\/(?:\.|%2e))\/[\w.~!$%&'()*+,;=:@/?-]*)?$/i

/** A connection that lay idle for longer is not used again: ours end them after 26 seconds at least. */
const maxIdleMs = 15_000
const maxIdle = 64
/** May be sent again after a connection broke without an answer (RFC 9112, 9.3.1). */
const idempotent = new Set(['GET', 'HEAD', 'PUT', 'DELETE'])
const methods = new Set([...idempotent, 'POST', 'PATCH'])
/** Said by whoever sends, not by whoever asks. */
const framing = new Set(['connection', 'content-length', 'host', 'transfer-encoding'])

/** The connections to one address, the one that was used last first. */
class Pool {
  readonly #hostname: string
  readonly #port: number
  readonly #idle: Connection[] = []
  readonly #keep = (connection: Connection) => {
    if (this.#idle.length < maxIdle) this.#idle.push(connection)
    else connection.close()
  }

  constructor(hostname: string, port: number) {
    this.#hostname = hostname
    this.#port = port
  }

  async send(outgoing: Outgoing): Promise<Response> {
    const idle = this.#take()
    if (!idle) return await this.#sendAnew(outgoing)
    try {
      return await idle.send(outgoing)
    } catch (error) {
      const again = error instanceof NotAnsweredError && idempotent.has(outgoing.method)
      if (!again) throw error
      return await this.#sendAnew(outgoing)
    }
  }

  async #sendAnew(outgoing: Outgoing): Promise<Response> {
    outgoing.signal?.throwIfAborted()
    const connection = await Connection.open(this.#hostname, this.#port, this.#keep)
    if (outgoing.signal?.aborted) {
      connection.close()
      throw outgoing.signal.reason
    }
    return await connection.send(outgoing)
  }

  #take(): Connection | undefined {
    const since = performance.now() - maxIdleMs
    for (let one = this.#idle.pop(); one; one = this.#idle.pop()) {
      if (one.open && one.idleSince >= since) return one
      one.close()
    }
    return undefined
  }
}

function headText(method: string, path: string, host: string, headers: Headers, body: unknown) {
  let text = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n`
  headers.forEach((value, name) => {
    if (!framing.has(name)) text += `${name}: ${value}\r\n`
  })
  if (typeof body !== 'string') return `${text}\r\n`
  if (!headers.has('content-type')) text += 'content-type: text/plain;charset=UTF-8\r\n'
  return `${text}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/**
 * A `fetch` for the calls between services, which go over connections of the thread that makes them.
 * Bun's own goes through a thread of its own and back, which took a third of what a call costs. What
 * is not such a call, without `accept-encoding: identity`, with a body that is no text, or to `https`,
 * is passed to `elsewhere`. Redirects are not followed: between services there are none.
 */
export function directFetch(elsewhere: typeof fetch): typeof fetch {
  const pools = new Map<string, Pool>()
  const poolFor = (host: string, hostname: string, port: string | undefined) => {
    let pool = pools.get(host)
    if (!pool) {
      pool = new Pool(hostname.replace(/^\[|\]$/g, ''), Number(port ?? 80))
      pools.set(host, pool)
    }
    return pool
  }
  const call = async (input: Input, init: Init = {}): Promise<Response> => {
    const { body, method = 'GET', signal } = init
    const headers = init.headers instanceof Headers ? init.headers : new Headers(init.headers)
    const address = typeof input === 'string' ? plainAddress.exec(input) : null
    const asText = body === undefined || body === null || typeof body === 'string'
    const asIs = headers.get('accept-encoding') === 'identity'
    const [, host, hostname, port, path = '/'] = address ?? []
    if (!host || !hostname || !asText || !asIs || !methods.has(method)) {
      return await elsewhere(input, init)
    }
    const text = headText(method, path, host, headers, body)
    return await poolFor(host, hostname, port).send({ method, text, signal: signal ?? undefined })
  }
  return Object.assign(call, { preconnect: elsewhere.preconnect })
}
