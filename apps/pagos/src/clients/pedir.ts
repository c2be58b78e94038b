import { createResilientFetch, deadlineHeader, LocalRefusalError } from '@encargo/circuit-breaker'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Shape } from '@encargo/service-kit/peer/peer'
import type { Outside } from '@encargo/service-kit/run/outside'
import { ProveedorNoDisponible } from '../ports/proveedor.ts'

export interface Peticion {
  readonly metodo: 'GET' | 'POST' | 'PUT'
  /** Below the base address, its query included. */
  readonly ruta: string
  readonly cuerpo?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What was answered: JSON in every case, of what shape, its reader checks. */
export interface Contestado {
  /** False: the provider understood and refuses (4xx). */
  readonly ok: boolean
  readonly status: number
  readonly datos: unknown
}

/** Rejects with ProveedorNoDisponible, and with nothing else. */
export type Pedir = (peticion: Peticion, call: CallContext) => Promise<Contestado>

/** More than the longest page of a list has; who sends more is not believed. */
const maxBytes = 1 << 20

/** Not about what was asked: our key, too many at once, another call with the same key under way. */
const pasajeros = new Set([401, 403, 407, 408, 409, 423, 425, 429])

async function leer(response: Response, nombre: string): Promise<string> {
  const partes: Uint8Array[] = []
  let bytes = 0
  for await (const parte of response.body ?? []) {
    bytes += parte.byteLength
    // Leaving the loop ends the connection as well.
    if (bytes > maxBytes) throw new ProveedorNoDisponible(`${nombre} answered without end`)
    partes.push(parte)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(partes))
}

function retryAfterMs(response: Response): number | undefined {
  const segundos = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(segundos) && segundos >= 0 ? segundos * 1000 : undefined
}

const sinContestar = (nombre: string, causa: unknown) =>
  causa instanceof ProveedorNoDisponible
    ? causa
    : new ProveedorNoDisponible(`${nombre} did not answer`, {
        cause: causa,
        retryAfterMs: causa instanceof LocalRefusalError ? causa.retryAfterMs : undefined,
      })

/** Calls to a provider's API below `base`: bounded in time and size, and sceptical of what comes back. */
export function createPedir(
  nombre: string,
  base: string,
  { fetch, logger, clock }: Pick<Outside, 'fetch' | 'logger' | 'clock'>,
): Pedir {
  const fetcher = createResilientFetch({
    target: nombre,
    fetch,
    deadlineMs: 10_000,
    attemptTimeoutMs: 8000,
    // What failed is repeated by whoever owes it, minutes later if need be.
    retries: 0,
    onEvent(event) {
      if (event.type !== 'state') return
      logger.warn('circuit changed', { peer: nombre, from: event.from, to: event.to })
    },
  })
  const raiz = base.replace(/\/+$/, '')
  return async ({ metodo, ruta, cuerpo, headers }, call) => {
    try {
      const quedan = Math.max(0, Math.floor(call.deadlineAt - clock.monoMs()))
      const response = await fetcher(`${raiz}${ruta}`, {
        method: metodo,
        redirect: 'manual',
        headers: { accept: 'application/json', ...headers, [deadlineHeader]: String(quedan) },
        ...(cuerpo === undefined ? {} : { body: cuerpo }),
      })
      const { status } = response
      if (
        status < 200 ||
        (status >= 300 && status < 400) ||
        status >= 500 ||
        pasajeros.has(status)
      ) {
        await response.body?.cancel()
        const extra = { retryAfterMs: retryAfterMs(response) }
        throw new ProveedorNoDisponible(`${nombre} answered ${status}`, extra)
      }
      return {
        ok: status < 300,
        status,
        datos: JSON.parse(await leer(response, nombre)) as unknown,
      }
    } catch (error) {
      throw sinContestar(nombre, error)
    }
  }
}

/** @throws ProveedorNoDisponible where what was answered is not what it should be */
export function exigirForma<T>(nombre: string, forma: Shape<T>, datos: unknown): T {
  if (forma(datos)) return datos
  throw new ProveedorNoDisponible(`${nombre} answered with what it never should`)
}
