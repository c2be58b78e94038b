import { parseConfig } from '@encargo/service-kit/run/config'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { createNetwork, testOutside } from '@encargo/service-kit/testing/outside'
import { createTestClock, createTestTokens } from '@encargo/service-kit/testing/service'
import { treaty } from '@elysiajs/eden'
import { ProductosConfig } from '../src/config.ts'
import type { Categoria, PrecioHistorico, Producto } from '../src/domain/producto.ts'
import { open } from '../src/open.ts'
import { baseDe } from './base.ts'

/** Of the shop that was opened last. */
let clock = createTestClock()
const tokens = createTestTokens(() => clock.ms())
export const operadorId = Bun.randomUUIDv7()
export const admin = tokens.as({ rol: 'admin' })
export const operador = tokens.as({ id: operadorId, rol: 'operador' })
export const cliente = tokens.as({ rol: 'cliente' })
export const servicio = tokens.as({ scopes: ['inventario:reservar'] })
export const expired = {
  authorization: `Bearer ${tokens.token({ rol: 'admin' }, { exp: 1_000 })}`,
}

const jwks = createNetwork()
jwks.answer('auth.test', { fetch: () => Response.json(tokens.jwks) })

/** The service as it is opened, with a clock that moves when told; on a database of its own. */
export async function openShop({
  folder = testFolder('productos', cleanUp),
  moneda = 'USD',
  logger = silentLogger,
} = {}) {
  const env = {
    DATA_DIR: folder,
    MONEDA: moneda,
    AUTH_URL: 'http://auth.test',
    RATE_LIMIT: 'off',
    ...(await baseDe(folder, cleanUp)),
  }
  clock = createTestClock()
  const outside = testOutside({ fetch: jwks.fetch, clock, logger })
  const { app, store, close } = await open(parseConfig(ProductosConfig, env), outside)
  cleanUp(close)
  const api = treaty(app, { parseDate: false })
  return { folder, clock, ...store, app, api, send: sender(app), close }
}
export type Shop = Awaited<ReturnType<typeof openShop>>

/** Whatever an answer may hold; a test looks at what its answer should. */
interface Seen extends Producto {
  readonly datos: readonly (Producto & PrecioHistorico & Categoria)[]
  readonly siguiente: string | null
  readonly codigo: string
  readonly errores: readonly { readonly campo: string; readonly mensaje: string }[]
}

type Headers = Record<string, string>
interface Handling {
  readonly handle: (request: Request) => Promise<Response>
}

/** Requests as text, for what a typed client cannot say. */
function sender(app: Handling) {
  return async (
    method: string,
    path: string,
    options: { body?: unknown; headers?: Headers } = {},
  ) => {
    const { body, headers } = options
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const request = new Request(`http://localhost${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: text }),
    })
    const response = await app.handle(request)
    const raw = await response.text()
    const json: Seen = raw === '' ? null : JSON.parse(raw)
    return { status: response.status, headers: response.headers, json }
  }
}

let serial = 0
/** Data of a product that nobody has yet. */
export function alta(changes: Record<string, unknown> = {}) {
  serial += 1
  return { sku: `SKU-${serial}`, nombre: `Producto ${serial}`, precio: 1999, ...changes }
}

/** Creates a product and answers it. */
export async function crear(shop: Shop, changes: Record<string, unknown> = {}): Promise<Producto> {
  const created = await shop.send('POST', '/productos', { body: alta(changes), headers: operador })
  if (created.status !== 201) throw new Error(JSON.stringify(created.json))
  return created.json
}
