/** One block of a stream. A block without `data` is no event, but its `id` counts. */
export interface Block {
  /** The last id that the stream gave, in this block or before it. */
  readonly id: string | undefined
  readonly event: string
  readonly data: string | undefined
}

/** No block of ours is longer, in characters; a stream that never ends a line must not fill the memory. */
const maxBlock = 1_048_576

/**
 * Reads Server-Sent Events as the HTML standard has them (9.2.6): any of the three line ends, data
 * of several lines, comments, and ids that hold until the next one.
 */
export class BlockParser {
  #buffer = ''
  #atStart = true
  #id: string | undefined
  #event = ''
  #data: string[] = []
  /** Characters of `#data`. */
  #size = 0
  #seenId = false
  /** What the stream asked for between a break and the next attempt, in milliseconds. */
  retryMs: number | undefined

  /** Takes a piece of the stream; gives the blocks that it completes. Throws RangeError if too long. */
  push(text: string): Block[] {
    this.#buffer += this.#atStart ? text.replace(/^\uFEFF/, '') : text
    if (text !== '') this.#atStart = false
    const blocks: Block[] = []
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(this.#buffer)
      if (end === null) break
      const line = this.#buffer.slice(0, end.index)
      this.#buffer = this.#buffer.slice(end.index + end[0].length)
      const block = this.#line(line)
      if (block !== undefined) blocks.push(block)
    }
    if (this.#buffer.length + this.#size > maxBlock) {
      throw new RangeError('a block of the stream is too long')
    }
    return blocks
  }

  #line(line: string): Block | undefined {
    if (line === '') return this.#end()
    const colon = line.indexOf(':')
    if (colon === 0) return undefined
    const name = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    this.#field(name, value)
    return undefined
  }

  #field(name: string, value: string): void {
    switch (name) {
      case 'event':
        this.#event = value
        break
      case 'data':
        this.#data.push(value)
        this.#size += value.length
        break
      case 'id':
        if (value.includes('\0')) break
        this.#id = value
        this.#seenId = true
        break
      case 'retry':
        if (/^\d{1,7}$/.test(value)) this.retryMs = Number(value)
    }
  }

  #end(): Block | undefined {
    const [event, data, seenId] = [this.#event, this.#data, this.#seenId]
    this.#event = ''
    this.#data = []
    this.#size = 0
    this.#seenId = false
    if (data.length === 0 && !seenId) return undefined
    return {
      id: this.#id,
      event: event === '' ? 'message' : event,
      data: data.length === 0 ? undefined : data.join('\n'),
    }
  }
}
