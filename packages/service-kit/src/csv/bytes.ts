import { isUtf8 } from 'node:buffer'

/** How much is worked through before others get a turn of the event loop, in bytes. */
const pieceBytes = 32 * 1024

const lineFeed = 0x0a
const carriageReturn = 0x0d

/** Lets everything else that waits run first. */
export const turno = () => new Promise<void>((resolve) => setImmediate(() => resolve()))

/** The same bytes in small pieces, with a turn of the event loop after each. */
export async function* enPiezas(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    for (let from = 0; from < chunk.byteLength; from += pieceBytes) {
      yield chunk.subarray(from, from + pieceBytes)
      await turno()
    }
  }
}

/** Past the last line break. Neither of the two bytes is ever a part of another character. */
const endOfLines = (bytes: Buffer) =>
  Math.max(bytes.lastIndexOf(lineFeed), bytes.lastIndexOf(carriageReturn)) + 1

/** Where the first of the lines begins that is not UTF-8. */
function badLineAt(lines: Buffer): number {
  let start = 0
  for (const [at, byte] of lines.entries()) {
    if (byte !== lineFeed && byte !== carriageReturn) continue
    if (!isUtf8(lines.subarray(start, at))) break
    start = at + 1
  }
  return start
}

/**
 * Passes on what is UTF-8, line by line. At the first line that is not, it tells `onBad` and ends
 * before it. A line of more than `maxLine` bytes is passed on as it is, for others to refuse.
 */
export async function* soloUtf8(
  source: AsyncIterable<Uint8Array>,
  maxLine: number,
  onBad: () => void,
): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0)
  for await (const piece of source) {
    const bytes = Buffer.concat([rest, piece])
    const end = endOfLines(bytes)
    const lines = bytes.subarray(0, end)
    rest = bytes.subarray(end)
    if (!isUtf8(lines)) {
      yield lines.subarray(0, badLineAt(lines))
      return onBad()
    }
    if (end > 0) yield lines
    if (rest.byteLength > maxLine) {
      yield rest
      rest = Buffer.alloc(0)
    }
  }
  if (isUtf8(rest)) yield rest
  else onBad()
}

/** The longest header, in bytes. */
const headerBytes = 64 * 1024

/** The first line, as far as it is needed, and all the bytes again. */
export async function cabeceraDe(source: AsyncGenerator<Uint8Array>) {
  const read: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await source.next()
    if (done) break
    read.push(value)
    size += value.byteLength
    if (endOfLines(Buffer.from(value)) > 0 || size > headerBytes) break
  }
  const [linea = ''] = Buffer.concat(read)
    .toString('utf8')
    .split(/[\r\n]/, 1)
  async function* todo() {
    try {
      yield* read
      yield* source
    } finally {
      await source.return(undefined)
    }
  }
  return { linea, bytes: todo() }
}
