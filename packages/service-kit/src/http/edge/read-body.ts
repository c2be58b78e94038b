import { notNow, ProblemError, problemError } from '../problems.ts'
import { arrivalsOf, cameByConnection, remoteAddressOf } from './remote-address.ts'

/** The longest a body may take to arrive, in milliseconds. */
export const maxBodyMs = 15_000

/** How long any body may take, in milliseconds, and how much each piece of it adds to that. */
const defaultGraceMs = 5_000
const bytesPerMs = 4

/** From when on a body is a slow one, in milliseconds: most come with their headers. */
const slowMs = 1_000
const turnMs = 20

/** What a body may cost whoever reads it. */
export interface BodyLimits {
  /** The largest body, in bytes. */
  readonly maxBytes: number
  /** The longest it may take to arrive, in milliseconds. */
  readonly maxMs: number
  /** How long it may take whatever its size, in milliseconds; from then on it must come at 4 KB/s. */
  readonly graceMs?: number
}

function tooLarge(limit: number) {
  return problemError('cuerpo-demasiado-grande', {
    detail: `El cuerpo pasa de ${limit} bytes. Divide la petición en partes más pequeñas.`,
  })
}

/** The rest of the body is not waited for, so its connection can serve nothing more. */
const closing = { connection: 'close' }

function tooSlow(ms: number) {
  const detail = `El cuerpo no llegó entero en ${Math.ceil(ms / 1000)} s. Inténtalo de nuevo.`
  return problemError('peticion-lenta', { detail }, closing)
}

/** The refusal of a slow body that others are served instead of. */
export function gaveWay() {
  const detail = 'El cuerpo llegaba despacio y hay otras peticiones. Inténtalo de nuevo.'
  return problemError('peticion-lenta', { detail }, closing)
}

/** Nobody is there to read it; without it, a caller who goes away would be a fault of ours. */
function cutOff(error: unknown): never {
  if (error instanceof ProblemError) throw error
  const detail = 'La conexión se cortó antes de que llegara el cuerpo entero.'
  throw problemError('peticion-invalida', { detail }, closing)
}

/** The refusal of what would be too much at once; never queued. */
export function tooBusy() {
  const detail = 'Hay demasiado trabajo en este momento. Inténtalo de nuevo en un segundo.'
  return notNow(detail, 1_000)
}

/**
 * What a body's own headers say against it.
 * @throws ProblemError 413 for one that says itself that it is too large, 415 for a compressed one:
 * nothing here unpacks, so that a small body can't become a large one (RFC 9110, 15.5.16)
 */
export function refuseUnread({ headers }: Request, maxBytes: number): void {
  if (Number(headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const encoding = headers.get('content-encoding')
  if (encoding === null || /^\s*(?:identity)?\s*$/i.test(encoding)) return
  const detail = `El cuerpo viene comprimido (${JSON.stringify(encoding)}). Envíalo sin comprimir.`
  throw problemError('tipo-no-admitido', { detail }, { 'accept-encoding': 'identity' })
}

/** How long a body may take of which so many bytes came, or will. */
function allowedMs(bytes: number, { maxMs, graceMs = defaultGraceMs }: BodyLimits): number {
  return Math.min(maxMs, graceMs + bytes / bytesPerMs)
}

/** Waits for the body of a request: with its deadline, and among the others of its server. */
function awaitBody(request: Request, limits: BodyLimits, bytes = 0) {
  const late = Promise.withResolvers<never>()
  // Nobody may be waiting for it just then.
  late.promise.catch(() => {})
  const startedAt = performance.now()
  const arrivals = arrivalsOf(request)
  let allowed = allowedMs(bytes, limits)
  let end: (() => void) | undefined
  const look = () => {
    const left = startedAt + allowed - performance.now()
    if (left <= 0) return late.reject(tooSlow(allowed))
    timer = setTimeout(look, left)
    // What is asked for only of the slow ones costs the others nothing.
    const address = arrivals && remoteAddressOf(request)
    if (address) end ??= arrivals.add(address, () => late.reject(gaveWay()))
  }
  // After a stall of ours, timers come before what arrived meanwhile: one more turn reads that first.
  const first = () => (timer = setTimeout(look, turnMs))
  let timer = setTimeout(first, Math.min(slowMs, allowed))
  return {
    /** A piece of it, or the whole. Nothing is done for the request meanwhile. */
    next<T>(piece: Promise<T>): Promise<T> {
      const places = arrivals?.places
      places?.leave()
      return Promise.race([piece, late.promise]).then(
        (come) => {
          places?.enter()
          return come
        },
        (error: unknown) => {
          places?.enter()
          return cutOff(error)
        },
      )
    },
    /** What came so far, which buys it time. */
    came(sum: number) {
      allowed = allowedMs(sum, limits)
    },
    stop() {
      clearTimeout(timer)
      end?.()
    },
  }
}

/**
 * The whole body, never holding more than `maxBytes` of it, whatever `Content-Length` says, and
 * never waiting longer than it may take, however steadily it drips.
 * @throws ProblemError 413, 415, 408, and 503 when there is no room for it among the others, or all
 * of the server's places are taken by the time that it is there
 */
export async function readBody(request: Request, limits: BodyLimits): Promise<Uint8Array> {
  refuseUnread(request, limits.maxBytes)
  const announced = request.headers.get('content-length')
  const arrivals = arrivalsOf(request)
  if (!arrivals) return await collected(request, limits, announced)
  const letGo = arrivals.hold(announced === null ? limits.maxBytes : Number(announced))
  if (!letGo) throw tooBusy()
  try {
    const body = await collected(request, limits, announced)
    if (arrivals.places?.crowded) throw tooBusy()
    return body
  } finally {
    letGo()
  }
}

async function collected(
  request: Request,
  limits: BodyLimits,
  announced: string | null,
): Promise<Uint8Array> {
  // The server's parser hands over exactly as many bytes as a connection's request announces, so
  // these need no stream to be counted; a stream costs several times the reading itself.
  if (announced !== null && cameByConnection(request)) {
    const wait = awaitBody(request, limits, Number(announced))
    try {
      return await wait.next(request.bytes())
    } finally {
      wait.stop()
    }
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of streamBody(request, limits)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/**
 * The body piece by piece as it arrives, under the same bounds. The time of whoever takes the
 * pieces counts as well. What is not taken is not read.
 * @throws ProblemError 413, 415, 408, at the piece that goes too far
 */
export async function* streamBody(
  request: Request,
  limits: BodyLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  refuseUnread(request, limits.maxBytes)
  if (!request.body) return
  const reader = request.body.getReader()
  const wait = awaitBody(request, limits)
  let size = 0
  let ended = false
  try {
    for (;;) {
      const { done, value } = await wait.next(reader.read())
      if (done) {
        ended = true
        return
      }
      size += value.byteLength
      if (size > limits.maxBytes) throw tooLarge(limits.maxBytes)
      wait.came(size)
      yield value
    }
  } finally {
    wait.stop()
    if (!ended) void reader.cancel().catch(() => {})
  }
}
