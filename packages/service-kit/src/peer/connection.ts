import type { Socket } from 'bun'
import { AnswerParser, type Head } from './answer-parser.ts'

/** One request on its way, and the answer as far as it is here. */
interface Exchange {
  readonly parser: AnswerParser
  readonly settle: PromiseWithResolvers<Response>
  readonly stopListening: () => void
  /** Whether anything came. */
  begun: boolean
  head?: Head
  /** What of the body came before anybody could have read it. */
  pieces: Uint8Array<ArrayBuffer>[]
  body?: ReadableStreamDefaultController<Uint8Array>
  ended: boolean
}

export interface Outgoing {
  readonly method: string
  /** The whole request as it goes over the wire. */
  readonly text: string
  readonly signal: AbortSignal | undefined
}

/** The connection ended before the first byte of an answer. */
export class NotAnsweredError extends Error {
  override readonly name = 'NotAnsweredError'
  readonly code = 'ECONNRESET'

  constructor(cause?: unknown) {
    super('the connection ended without an answer', { cause })
  }
}

/**
 * A connection that carries one request after the other. What it answers is whole as soon as its
 * promise resolves where it came in one piece, as all short answers do; the rest is a stream, read from
 * the socket at the pace of its reader.
 */
export class Connection {
  readonly #socket: Socket<Connection>
  readonly #onFree: (connection: Connection) => void
  #exchange: Exchange | undefined
  #unsent: Buffer | undefined
  #open = true
  /** On `performance.now()`. */
  idleSince = 0

  private constructor(socket: Socket<Connection>, onFree: (connection: Connection) => void) {
    this.#socket = socket
    this.#onFree = onFree
  }

  /** Rejects as `Bun.connect` does: with the `code` ECONNREFUSED where nobody listens. */
  static async open(
    hostname: string,
    port: number,
    onFree: (connection: Connection) => void,
  ): Promise<Connection> {
    return await new Promise((resolve, reject) => {
      Bun.connect<Connection>({
        hostname,
        port,
        socket: {
          open(socket) {
            socket.data = new Connection(socket, onFree)
            socket.setNoDelay(true)
            resolve(socket.data)
          },
          data: ({ data }, chunk) => data.#receive(chunk),
          drain: ({ data }) => data.#flush(),
          close: ({ data }) => data.#lost(),
          error: ({ data }, error) => data.#lost(error),
          connectError: (_socket, error) => reject(error),
        },
      }).catch(reject)
    })
  }

  get open(): boolean {
    return this.#open
  }

  /** Sends a request and answers its response; rejects with the signal's reason when that aborts. */
  send({ method, text, signal }: Outgoing): Promise<Response> {
    const settle = Promise.withResolvers<Response>()
    const abort = () => this.#fail(signal?.reason)
    const exchange: Exchange = {
      parser: new AnswerParser(method, {
        head: (head) => (exchange.head = head),
        piece: (bytes) => this.#piece(exchange, bytes),
        end: (reusable) => this.#ended(exchange, reusable),
      }),
      settle,
      stopListening: () => signal?.removeEventListener('abort', abort),
      begun: false,
      pieces: [],
      ended: false,
    }
    this.#exchange = exchange
    signal?.addEventListener('abort', abort)
    this.#socket.ref()
    this.#unsent = Buffer.from(text)
    this.#flush()
    return settle.promise
  }

  close(): void {
    this.#open = false
    this.#socket.end()
  }

  #flush(): void {
    if (!this.#unsent) return
    const sent = this.#socket.write(this.#unsent)
    if (sent >= this.#unsent.length) this.#unsent = undefined
    else if (sent > 0) this.#unsent = this.#unsent.subarray(sent)
  }

  #receive(chunk: Buffer): void {
    const exchange = this.#exchange
    // Nobody asked for it.
    if (!exchange) return this.close()
    exchange.begun = true
    try {
      exchange.parser.push(chunk)
    } catch (error) {
      return this.#fail(error)
    }
    if (exchange.head && !exchange.ended && !exchange.body) this.#answerInPieces(exchange)
  }

  #piece({ pieces, body }: Exchange, bytes: Buffer): void {
    // The socket uses its memory again.
    const copy = new Uint8Array(bytes)
    if (!body) return void pieces.push(copy)
    body.enqueue(copy)
    if ((body.desiredSize ?? 0) <= 0) this.#socket.pause()
  }

  #ended(exchange: Exchange, reusable: boolean): void {
    exchange.ended = true
    exchange.stopListening()
    this.#exchange = undefined
    const { body, head, pieces, settle } = exchange
    if (body) {
      body.close()
      this.#socket.resume()
    } else if (head) settle.resolve(new Response(wholeOf(pieces), head))
    if (!reusable || this.#unsent) return this.close()
    this.idleSince = performance.now()
    // Whoever has nothing else to do may end.
    this.#socket.unref()
    this.#onFree(this)
  }

  #answerInPieces(exchange: Exchange): void {
    const { head, pieces, settle } = exchange
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        exchange.body = controller
        for (const piece of pieces) controller.enqueue(piece)
      },
      pull: () => void this.#socket.resume(),
      cancel: () => {
        exchange.ended = true
        exchange.stopListening()
        this.#exchange = undefined
        this.close()
      },
    })
    settle.resolve(new Response(stream, head))
  }

  /** The other side has ended it, or the network has. */
  #lost(error?: Error): void {
    this.#open = false
    const exchange = this.#exchange
    if (!exchange) return
    if (!exchange.begun) return this.#fail(new NotAnsweredError(error))
    if (error) return this.#fail(error)
    try {
      exchange.parser.close()
    } catch (cutOff) {
      this.#fail(cutOff)
    }
  }

  #fail(reason: unknown): void {
    const exchange = this.#exchange
    this.#exchange = undefined
    this.#open = false
    this.#socket.terminate()
    if (!exchange) return
    exchange.ended = true
    exchange.stopListening()
    if (exchange.body) exchange.body.error(reason)
    else exchange.settle.reject(reason)
  }
}

function wholeOf(pieces: readonly Uint8Array<ArrayBuffer>[]) {
  return pieces.length < 2 ? (pieces[0] ?? null) : Buffer.concat(pieces)
}
