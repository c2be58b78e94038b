import {
  createResilientFetch,
  deadlineHeader,
  LocalRefusalError,
  type ResilientFetch,
  retryLayerHeader,
} from '@encargo/circuit-breaker'
import { type CallContext, callHeaders } from '@encargo/service-kit/peer/call-context'
import type { Outside } from '@encargo/service-kit/run/outside'
import { ProveedorNoDisponible } from '../ports/proveedor.ts'

/** More than the longest page of a list has; who sends more is not believed. */
const maxBytes = 1 << 20

/** Not about what was asked: our key, the hour, too many at once, the same key under way elsewhere. */
const pasajeros = new Set([401, 403, 407, 408, 409, 423, 425, 429])

const esPasajero = (status: number) =>
  status < 200 || (status >= 300 && status < 400) || status >= 500 || pasajeros.has(status)

/** `Retry-After` in milliseconds, where it is told in seconds (RFC 9110, 10.2.3). */
function retryAfterMs({ headers }: Response): number | undefined {
  const dicho = headers.get('retry-after') ?? ''
  return /^\d{1,6}$/.test(dicho) ? Number(dicho) * 1000 : undefined
}

async function leer(response: Response, nombre: string): Promise<Buffer> {
  const partes: Uint8Array[] = []
  let bytes = 0
  for await (const parte of response.body ?? []) {
    bytes += parte.byteLength
    // Leaving the loop ends the connection as well.
    if (bytes > maxBytes) throw new ProveedorNoDisponible(`${nombre} answered without end`)
    partes.push(parte)
  }
  return Buffer.concat(partes)
}

const noDisponible = (nombre: string, cause: unknown) =>
  cause instanceof ProveedorNoDisponible
    ? cause
    : new ProveedorNoDisponible(`${nombre} did not answer`, {
        cause,
        retryAfterMs: cause instanceof LocalRefusalError ? cause.retryAfterMs : undefined,
      })

/** What a call tells the connection of its time, which is the machine's; it is not sent on. */
export function tiempo(call: CallContext): Record<string, string> {
  const { [deadlineHeader]: quedanMs = '0', [retryLayerHeader]: repetida } = callHeaders(call)
  return { [deadlineHeader]: quedanMs, ...(repetida ? { [retryLayerHeader]: repetida } : {}) }
}

/** To the internet goes what a provider asks for, and nothing that services tell each other. */
const haciaFuera = (fuera: typeof fetch): typeof fetch =>
  Object.assign(
    async (input: string | URL | Request, init?: RequestInit) => {
      const headers = new Headers(init?.headers)
      headers.delete(deadlineHeader)
      headers.delete(retryLayerHeader)
      return await fuera(input, { ...init, headers, redirect: 'manual' })
    },
    { preconnect: fuera.preconnect },
  )

/**
 * A fetch to a provider's API. It answers what the provider said of the question, 2xx or 4xx, in full; all
 * else rejects with ProveedorNoDisponible, and nothing does so otherwise.
 */
export function conectar(
  nombre: string,
  { fetch, logger }: Pick<Outside, 'fetch' | 'logger'>,
): ResilientFetch {
  const fetcher = createResilientFetch({
    target: nombre,
    fetch: haciaFuera(fetch),
    deadlineMs: 10_000,
    attemptTimeoutMs: 8000,
    // What failed is repeated by whoever owes it, and a shopper waits for nothing.
    retries: 0,
    breaker: { slowMs: 6000 },
    onEvent(event) {
      if (event.type !== 'state') return
      logger.warn('circuit changed', { peer: nombre, from: event.from, to: event.to })
    },
  })
  const pedir = async (...pregunta: Parameters<typeof fetcher>) => {
    try {
      const response = await fetcher(...pregunta)
      const { status, headers } = response
      if (!esPasajero(status))
        return new Response(await leer(response, nombre), { status, headers })
      await response.body?.cancel()
      const cuando = { retryAfterMs: retryAfterMs(response) }
      throw new ProveedorNoDisponible(`${nombre} answered ${status}`, cuando)
    } catch (error) {
      throw noDisponible(nombre, error)
    }
  }
  const { breaker, metrics, preconnect } = fetcher
  return Object.assign(pedir, { breaker, metrics, preconnect })
}
