import type { Socket } from 'bun'
import { type Answer, ResponseReader } from './response-reader.ts'

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/**
 * One HTTP/1.1 keep-alive connection without pipelining. A plain socket costs the generator a
 * fraction of what `fetch` does, and on a small machine that is load that the services would miss.
 */
export class Connection {
  readonly origin: string
  readonly host: string
  #socket: Socket | undefined
  #reader = new ResponseReader()
  #waiting: Waiting | undefined
  #unsent = Buffer.alloc(0)

  private constructor(origin: string) {
    this.origin = origin
    this.host = new URL(origin).host
  }

  /** @param origin such as `http://127.0.0.1:8003` */
  static async open(origin: string): Promise<Connection> {
    const { hostname, port } = new URL(origin)
    const connection = new Connection(origin)
    const { host } = connection
    connection.#socket = await Bun.connect({
      hostname,
      port: Number(port),
      socket: {
        data: (_socket, chunk) => connection.#receive(chunk),
        drain: () => connection.#flush(),
        close: () => connection.#fail(new Error(`${host} closed the connection`)),
        error: (_socket, error) => connection.#fail(error),
      },
    })
    return connection
  }

  /** So many to each. */
  static openAll(origins: readonly string[], count: number): Promise<Connection[]> {
    const all = Array.from({ length: count }, () => origins).flat()
    return Promise.all(all.map((origin) => Connection.open(origin)))
  }

  get open(): boolean {
    return this.#socket !== undefined
  }

  /** Sends a whole request and waits for its answer; rejects when the connection ends first. */
  send(request: string): Promise<Answer> {
    if (this.#waiting) throw new TypeError('a request is already under way on this connection')
    if (!this.#socket) return Promise.reject(new Error(`${this.host}: the connection is closed`))
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#waiting = { resolve, reject }
    this.#unsent = Buffer.from(request)
    this.#flush()
    return promise
  }

  close(): void {
    const socket = this.#socket
    this.#socket = undefined
    socket?.end()
  }

  #flush(): void {
    if (this.#unsent.length === 0) return
    const sent = this.#socket?.write(this.#unsent) ?? 0
    if (sent > 0) this.#unsent = this.#unsent.subarray(sent)
  }

  #receive(chunk: Buffer): void {
    try {
      const answer = this.#reader.push(chunk)
      if (!answer) return
      const waiting = this.#waiting
      this.#waiting = undefined
      if (/\r\nconnection: *close/i.test(answer.headers)) this.close()
      waiting?.resolve(answer)
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)))
    }
  }

  #fail(error: Error): void {
    this.close()
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.reject(error)
  }
}

export interface RequestParts {
  readonly method: string
  readonly path: string
  readonly host: string
  readonly token?: string
  readonly idempotencyKey?: string
  readonly headers?: Readonly<Record<string, string>>
  /** JSON text in ASCII. */
  readonly body?: string
}

/** A request as it goes over the wire. */
export function requestText(parts: RequestParts): string {
  const { method, path, host, token, idempotencyKey, headers = {}, body } = parts
  let head = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n`
  if (token !== undefined) head += `Authorization: Bearer ${token}\r\n`
  if (idempotencyKey !== undefined) head += `Idempotency-Key: ${idempotencyKey}\r\n`
  for (const [name, value] of Object.entries(headers)) head += `${name}: ${value}\r\n`
  if (body === undefined) return `${head}\r\n`
  return `${head}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}
