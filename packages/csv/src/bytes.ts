import { isAscii, isUtf8 } from 'node:buffer'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** How much is worked through before others get a turn of the event loop, in bytes. */
const pieceBytes = 32 * 1024

const lineFeed = 0x0a
const carriageReturn = 0x0d

/** The same bytes in small pieces, with a turn of the event loop after each. */
export async function* enPiezas(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    for (let from = 0; from < chunk.byteLength; from += pieceBytes) {
      yield chunk.subarray(from, from + pieceBytes)
      await nextTurn()
    }
  }
}

/** Past the last line break. Neither of the two bytes is ever a part of another character. */
const endOfLines = (bytes: Buffer) =>
  Math.max(bytes.lastIndexOf(lineFeed), bytes.lastIndexOf(carriageReturn)) + 1

/** Where the first of the lines begins that is not good. */
function badLineAt(lines: Buffer, good: (line: Buffer) => boolean): number {
  let start = 0
  for (const [at, byte] of lines.entries()) {
    if (byte !== lineFeed && byte !== carriageReturn) continue
    if (!good(lines.subarray(start, at))) break
    start = at + 1
  }
  return start
}

/** The bytes that Windows-1252 has no character for. */
const nowhereIn1252 = [0x81, 0x8d, 0x8f, 0x90, 0x9d]
const is1252 = (bytes: Buffer) => !nowhereIn1252.some((byte) => bytes.includes(byte))

/**
 * Turns lines into UTF-8. Spreadsheets save as UTF-8, as UTF-16 (which is gone by then), or in the
 * code page of the machine: what is not UTF-8, after nothing but ASCII, is taken for Windows-1252.
 */
class Codificacion {
  readonly #decoder = new TextDecoder('windows-1252')
  #modo: 'ascii' | 'utf-8' | 'windows-1252' = 'ascii'

  /** As far as they can be read: up to the first line that cannot, then `entero` is false. */
  leer(lines: Buffer): { readonly bytes: Uint8Array; readonly entero: boolean } {
    if (this.#modo === 'windows-1252') return this.#leer1252(lines)
    if (this.#modo === 'ascii' && isAscii(lines)) return { bytes: lines, entero: true }
    if (isUtf8(lines)) {
      this.#modo = 'utf-8'
      return { bytes: lines, entero: true }
    }
    const before = lines.subarray(0, badLineAt(lines, isUtf8))
    if (this.#modo === 'utf-8' || !isAscii(before)) return { bytes: before, entero: false }
    this.#modo = 'windows-1252'
    return this.#leer1252(lines)
  }

  #leer1252(lines: Buffer) {
    const entero = is1252(lines)
    const good = entero ? lines : lines.subarray(0, badLineAt(lines, is1252))
    return { bytes: Buffer.from(this.#decoder.decode(good)), entero }
  }
}

/** Decodes what a byte order mark says is UTF-16; undefined for anything else. */
function utf16De([first, second]: Uint8Array) {
  const little = first === 0xff && second === 0xfe
  if (!little && !(first === 0xfe && second === 0xff)) return undefined
  const decoder = new TextDecoder(little ? 'utf-16le' : 'utf-16be', { fatal: true })
  return (bytes: Uint8Array, stream: boolean): Buffer | 'mal' => {
    try {
      return Buffer.from(decoder.decode(bytes, { stream }))
    } catch {
      return 'mal'
    }
  }
}

/** The same as UTF-8 where it is UTF-16 by its mark. */
async function* sinUtf16(
  source: AsyncIterable<Uint8Array>,
  onBad: () => void,
): AsyncGenerator<Uint8Array> {
  let start: Buffer | undefined = Buffer.alloc(0)
  let decode: ReturnType<typeof utf16De>
  for await (const piece of source) {
    let bytes = piece
    if (start) {
      start = bytes = Buffer.concat([start, piece])
      if (start.byteLength < 2) continue
      decode = utf16De(start)
      start = undefined
    }
    const decoded = decode ? decode(bytes, true) : bytes
    if (decoded === 'mal') return onBad()
    yield decoded
  }
  if (start) yield start
  if (decode?.(Buffer.alloc(0), false) === 'mal') onBad()
}

/**
 * Passes on text as UTF-8, line by line. At the first line that is in no encoding which it knows, it
 * tells `onBad` and ends before it. A line of more than `maxLine` bytes is passed on as it is, for
 * others to refuse.
 */
export async function* comoUtf8(
  source: AsyncIterable<Uint8Array>,
  maxLine: number,
  onBad: () => void,
): AsyncGenerator<Uint8Array> {
  const codificacion = new Codificacion()
  let rest = Buffer.alloc(0)
  for await (const piece of sinUtf16(source, onBad)) {
    const whole = Buffer.concat([rest, piece])
    const end = endOfLines(whole)
    rest = whole.subarray(end)
    const { bytes, entero } = codificacion.leer(whole.subarray(0, end))
    if (bytes.byteLength > 0) yield bytes
    if (!entero) return onBad()
    if (rest.byteLength > maxLine) {
      yield rest
      rest = Buffer.alloc(0)
    }
  }
  const { bytes, entero } = codificacion.leer(rest)
  if (bytes.byteLength > 0) yield bytes
  if (!entero) onBad()
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
