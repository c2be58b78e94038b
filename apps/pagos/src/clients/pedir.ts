import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Shape } from '@encargo/service-kit/peer/peer'
import type { Outside } from '@encargo/service-kit/run/outside'
import { ProveedorIncoherente, ProveedorNoDisponible } from '../ports/proveedor.ts'
import { conectar, tiempo } from './conexion.ts'

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

/** Questions in JSON to a provider's API below `base`. */
export function createPedir(
  nombre: string,
  base: string,
  outside: Pick<Outside, 'fetch' | 'logger' | 'clock'>,
): Pedir {
  const fetcher = conectar(nombre, outside)
  const raiz = base.replace(/\/+$/, '')
  return async ({ metodo, ruta, cuerpo, headers }, call) => {
    const response = await fetcher(`${raiz}${ruta}`, {
      method: metodo,
      headers: { accept: 'application/json', ...headers, ...tiempo(call) },
      ...(cuerpo === undefined ? {} : { body: cuerpo }),
    })
    const { ok, status } = response
    return { ok, status, datos: await leerJson(nombre, response) }
  }
}

async function leerJson(nombre: string, response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    throw new ProveedorNoDisponible(`${nombre} answered with what is no JSON`, { cause })
  }
}

/** @throws ProveedorNoDisponible where what was answered is not what it should be */
export function exigirForma<T>(nombre: string, forma: Shape<T>, datos: unknown): T {
  if (forma(datos)) return datos
  throw new ProveedorIncoherente(`${nombre} answered with what it never should`)
}
