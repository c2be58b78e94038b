export type Init = BunFetchRequestInit | undefined

/** How many bytes a body has that is held in memory; undefined for one that is sent piece by piece. */
function bytesOf(body: unknown): number | undefined {
  if (body === undefined || body === null) return 0
  if (typeof body === 'string') return Buffer.byteLength(body)
  if (body instanceof URLSearchParams) return Buffer.byteLength(body.toString())
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength
  return body instanceof Blob ? body.size : undefined
}

const withoutBody = new Set(['GET', 'HEAD'])

/** What `fetch` says of itself. */
const usual = [
  ['accept', '*/*'],
  ['user-agent', navigator.userAgent],
] as const

/** The request as a server gets it that `fetch(input, init)` calls; `signal` tells it that nobody waits. */
export function handedOver(
  input: string | URL | Request,
  init: Init,
  signal: AbortSignal,
): Request {
  const given = { ...init, signal }
  const request =
    input instanceof Request ? new Request(input, given) : new Request(String(input), given)
  const { headers, method } = request
  for (const [name, value] of usual) if (!headers.has(name)) headers.set(name, value)
  // What nobody passes on as it is would be unpacked at once.
  if (init?.decompress !== false) headers.set('accept-encoding', 'identity')
  const body = init?.body ?? (input instanceof Request ? input.body : undefined)
  const bytes = bytesOf(body)
  // A caller's own word on it is not taken: readers trust that exactly so many bytes come.
  if (bytes === undefined || (bytes === 0 && withoutBody.has(method)))
    headers.delete('content-length')
  else headers.set('content-length', String(bytes))
  return request
}

/** What is in memory as a whole when it is answered; all else may come in pieces, and never end. */
const whole = /^(?:application\/(?:[a-z.-]+\+)?json|image\/|text\/(?:plain|html|css|javascript))/i

/** What has no body, and no length of one either (RFC 9110, 8.6). */
const lengthless = new Set([204, 304])

/**
 * The response as `fetch` would give it. `call` breaks it off, from either side; `over` is told once
 * nothing of it is under way any more.
 */
export async function delivered(
  request: Request,
  response: Response,
  call: AbortController,
  over: () => void,
): Promise<Response> {
  const { status, statusText, headers } = response
  const onlyHead = request.method === 'HEAD'
  const isWhole = whole.test(headers.get('content-type') ?? '')
  // To ask for the body of what is in memory would make a stream of it.
  const body = isWhole ? null : response.body
  if (body !== null) {
    if (!onlyHead) return new Response(inPieces(body, call, over), { status, statusText, headers })
    await body.cancel()
  } else if (!lengthless.has(status) && !(onlyHead && headers.has('content-length'))) {
    const bytes = await response.bytes()
    headers.set('content-length', String(bytes.byteLength))
    over()
    return new Response(onlyHead ? null : bytes, { status, statusText, headers })
  }
  over()
  return new Response(null, { status, statusText, headers })
}

const encoder = new TextEncoder()

/** The same body, read only as it is asked for, that ends with its call and tells its end. */
function inPieces(
  source: ReadableStream<Uint8Array | string>,
  call: AbortController,
  over: () => void,
): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  const { signal } = call
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const breakOff = () => {
          over()
          controller.error(signal.reason)
          reader.cancel(signal.reason).catch(() => undefined)
        }
        signal.addEventListener('abort', breakOff, { once: true })
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (signal.aborted) return
          if (!done)
            return controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
          controller.close()
        } catch (error) {
          controller.error(error)
        }
        over()
      },
      cancel(reason) {
        call.abort(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
