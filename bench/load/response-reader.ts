export interface Answer {
  readonly status: number
  readonly headers: string
  readonly body: Buffer
}

const endOfHead = Buffer.from('\r\n\r\n')
const none = Buffer.alloc(0)

/**
 * Puts HTTP/1.1 answers together from what arrives on a connection (RFC 9112), one after the other.
 * Only what the services send is understood: a `Content-Length`, or an answer without a body.
 */
export class ResponseReader {
  #pending: Buffer = none
  #head: { status: number; headers: string; bodyAt: number; length: number } | undefined

  /** The answer that `chunk` completes, if it does. Throws on what it does not understand. */
  push(chunk: Buffer): Answer | undefined {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    this.#head ??= this.#readHead()
    if (!this.#head || this.#pending.length < this.#head.bodyAt + this.#head.length) {
      // Copied, as the body is below: the socket may use the chunk's memory again.
      this.#pending = Buffer.from(this.#pending)
      return undefined
    }
    const { status, headers, bodyAt, length } = this.#head
    const body = Buffer.from(this.#pending.subarray(bodyAt, bodyAt + length))
    if (this.#pending.length > bodyAt + length) throw new Error('more arrived than was asked for')
    this.#pending = none
    this.#head = undefined
    return { status, headers, body }
  }

  #readHead() {
    const end = this.#pending.indexOf(endOfHead)
    if (end < 0) return undefined
    const headers = this.#pending.toString('latin1', 0, end)
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(headers)?.[1] ?? Number.NaN)
    const length = /\r\ncontent-length: *(\d+)/i.exec(headers)?.[1]
    const bodiless = status === 204 || status === 304
    if (Number.isNaN(status) || (length === undefined && !bodiless)) {
      throw new Error(`an answer without a Content-Length: ${headers.slice(0, 200)}`)
    }
    return { status, headers, bodyAt: end + endOfHead.length, length: Number(length ?? 0) }
  }
}
