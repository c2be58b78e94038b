/** What an answer begins with. */
export interface Head {
  readonly status: number
  readonly headers: Headers
}

/** Is told what arrives, in this order; `piece` often or never, with memory that is used again. */
export interface AnswerSink {
  head(head: Head): void
  piece(bytes: Buffer): void
  /** The answer is whole; `reusable` says whether its connection may carry another one. */
  end(reusable: boolean): void
}

/** An answer that is none by RFC 9112: what follows on its connection can't be believed either. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError'
}

/** The most that a head, a trailer or the line before a chunk may take, in bytes. */
const maxHeadBytes = 64 * 1024
const bodiless = new Set([204, 205, 304])
const endOfHead = Buffer.from('\r\n\r\n')
const endOfLine = Buffer.from('\r\n')
const none = Buffer.alloc(0)

type State = 'head' | 'length' | 'size' | 'chunk' | 'after' | 'trailer' | 'until-close' | 'ended'

function headersOf(lines: readonly string[]): Headers {
  const headers = new Headers()
  for (const line of lines) {
    const colon = line.indexOf(':')
    // A name with a space in it, as a folded line would have, is one that Headers refuse.
    headers.append(line.slice(0, Math.max(0, colon)), line.slice(colon + 1))
  }
  return headers
}

/** Reads one answer of HTTP/1.1 from what arrives on a connection, wherever the network cuts it. */
export class AnswerParser {
  readonly #sink: AnswerSink
  readonly #method: string
  #state: State = 'head'
  /** Of the body, or of this chunk. */
  #left = 0
  #reusable = false
  #pending = none

  constructor(method: string, sink: AnswerSink) {
    this.#method = method
    this.#sink = sink
  }

  /** @throws AnswerError at what is no answer, or goes on after its end */
  push(chunk: Buffer): void {
    let rest = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    for (;;) {
      const used = this.#take(rest)
      if (used === undefined) break
      rest = rest.subarray(used)
    }
    if (rest.length > maxHeadBytes) throw new AnswerError('the head of an answer is too long')
    this.#pending = rest.length === 0 ? none : Buffer.from(rest)
  }

  /** The connection has ended: so has the answer, if it has no other end. @throws AnswerError */
  close(): void {
    if (this.#state !== 'until-close') throw new AnswerError('the answer was cut off')
    this.#end()
  }

  /** How many of these bytes were of use; undefined when more have to come first. */
  #take(rest: Buffer): number | undefined {
    switch (this.#state) {
      case 'head':
        return this.#upTo(endOfHead, rest, (text) => this.#readHead(text))
      case 'length':
      case 'chunk':
        return this.#body(rest)
      case 'size':
        return this.#upTo(endOfLine, rest, (text) => this.#readSize(text))
      case 'after':
        return this.#upTo(endOfLine, rest, (text) => {
          if (text !== '') throw new AnswerError('a chunk is longer than it says')
          this.#state = 'size'
        })
      case 'trailer':
        return this.#upTo(endOfLine, rest, (text) => {
          if (text === '') this.#end()
        })
      case 'until-close':
        if (rest.length === 0) return undefined
        this.#sink.piece(rest)
        return rest.length
      case 'ended':
        if (rest.length > 0) throw new AnswerError('more came than was asked for')
        return undefined
    }
  }

  #upTo(mark: Buffer, rest: Buffer, read: (text: string) => void): number | undefined {
    const end = rest.indexOf(mark)
    if (end < 0) return undefined
    read(rest.toString('latin1', 0, end))
    return end + mark.length
  }

  #body(rest: Buffer): number | undefined {
    if (rest.length === 0) return undefined
    const piece = rest.length > this.#left ? rest.subarray(0, this.#left) : rest
    this.#left -= piece.length
    this.#sink.piece(piece)
    if (this.#left === 0 && this.#state === 'length') this.#end()
    else if (this.#left === 0) this.#state = 'after'
    return piece.length
  }

  #readHead(text: string): void {
    const [first = '', ...lines] = text.split('\r\n')
    const [, minor, code] = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(first) ?? []
    if (code === undefined || code === '101') throw new AnswerError('the answer has no status')
    const status = Number(code)
    // On its way is another one, the real one (RFC 9110, 15.2).
    if (status < 200) return
    const headers = headersOf(lines)
    this.#reusable = minor === '1' && !/\bclose\b/i.test(headers.get('connection') ?? '')
    this.#sink.head({ status, headers })
    this.#frame(status, headers)
  }

  /** How the body ends (RFC 9112, 6.3). */
  #frame(status: number, headers: Headers): void {
    const coding = headers.get('transfer-encoding')
    const length = headers.get('content-length')
    if (this.#method === 'HEAD' || bodiless.has(status)) return this.#end()
    if (coding !== null) {
      if (length !== null || coding.toLowerCase() !== 'chunked') {
        throw new AnswerError('the answer does not say where it ends')
      }
      this.#state = 'size'
    } else if (length === null) {
      this.#state = 'until-close'
      this.#reusable = false
    } else {
      if (!/^\d{1,15}$/.test(length)) throw new AnswerError('the answer has no length')
      this.#left = Number(length)
      this.#state = 'length'
      if (this.#left === 0) this.#end()
    }
  }

  #readSize(text: string): void {
    const [, size] = /^([0-9a-f]{1,8})[ \t]*(?:;|$)/i.exec(text) ?? []
    if (size === undefined) throw new AnswerError('a chunk has no length')
    this.#left = Number.parseInt(size, 16)
    this.#state = this.#left === 0 ? 'trailer' : 'chunk'
  }

  #end(): void {
    this.#state = 'ended'
    this.#sink.end(this.#reusable)
  }
}
