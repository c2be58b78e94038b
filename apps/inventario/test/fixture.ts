import { leerLista } from '@encargo/csv/lista'
import { parseConfig } from '@encargo/service-kit/run/config'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { createNetwork, type TestNetwork, testOutside } from '@encargo/service-kit/testing/outside'
import { createTestClock, createTestTokens } from '@encargo/service-kit/testing/service'
import { claveSku } from '@encargo/service-kit/values/sku'
import type { Engine } from '@encargo/storage'
import { rows } from '@encargo/storage/testing'
import { databaseSettings, onPostgres } from '@encargo/storage/testing/postgres'
import { treaty } from '@elysiajs/eden'
import { expect } from 'bun:test'
import { InventarioConfig } from '../src/config.ts'
import type { Linea } from '../src/domain/reserva.ts'
import { open } from '../src/open.ts'

/** Of the warehouse that was opened last. */
let clock = createTestClock()
export const tokens = createTestTokens(() => clock.ms())
export const operadorId = Bun.randomUUIDv7()
export const admin = tokens.as({ rol: 'admin' })
export const operador = tokens.as({ id: operadorId, rol: 'operador' })
export const cliente = tokens.as({ rol: 'cliente' })
export const servicio = tokens.as({ scopes: ['inventario:reservar'] })
export const otroServicio = tokens.as({ scopes: ['usuarios:leer'] })
export const plazoSegundos = 86_400

/** The SKU that a product has here. */
export const skuDe = (productoId: string) => `SKU-${productoId.slice(-12)}`

/** A catalogue that has what it is told, until it is away. */
function fakeCatalogo(network: TestNetwork) {
  const ids = new Set<string>()
  const named = () => [...ids].map((id) => ({ id, sku: skuDe(id), nombre: `Producto, "${id}"` }))
  function answer(request: Request): Response {
    const { pathname, searchParams } = new URL(request.url)
    const asked = searchParams.get('ids')?.split(',')
    if (asked) return Response.json({ datos: named().filter(({ id }) => asked.includes(id)) })
    const skus = searchParams.get('skus')
    if (skus !== null) {
      const claves = new Set(leerLista(skus)?.map(claveSku))
      return Response.json({ datos: named().filter(({ sku }) => claves.has(claveSku(sku))) })
    }
    const id = pathname.split('/').at(-1) ?? ''
    return ids.has(id)
      ? Response.json({ id })
      : Response.json({ codigo: 'no-encontrado' }, { status: 404 })
  }
  const go = (gone: boolean) =>
    network.answer('productos.test', gone ? undefined : { fetch: answer })
  go(false)
  return { ids, go }
}

/** Where a warehouse keeps its data. */
export const place = async () => ({
  DATA_DIR: testFolder('inventario', cleanUp),
  ...(await databaseSettings(cleanUp)),
})

/** The service on a database of its own, with a clock that moves when told. */
export async function openWarehouse(given?: Awaited<ReturnType<typeof place>>) {
  const network = createNetwork()
  network.answer('auth.test', { fetch: () => Response.json(tokens.jwks) })
  const catalogo = fakeCatalogo(network)
  clock = createTestClock()
  const config = parseConfig(InventarioConfig, {
    ...(given ?? (await place())),
    AUTH_URL: 'http://auth.test',
    PRODUCTOS_URL: 'http://productos.test',
    RATE_LIMIT: 'off',
    // Some tests' records are of 1970.
    CLOCK_MAX_AHEAD_DAYS: '100000',
  })
  const opened = await open(config, testOutside({ fetch: network.fetch, clock }))
  // What a power cut would take is no concern here, and to wait for the disk takes most of the time.
  if (!onPostgres) await rows(opened.storage, 'PRAGMA synchronous = OFF')
  cleanUp(opened.close)
  const { app, store } = opened
  const api = treaty(app, { parseDate: false })
  const send = sender(app)

  /** A product that the catalogue knows, with so much of it. */
  async function producto(cantidad: number, umbralMinimo = 0): Promise<string> {
    const productoId = Bun.randomUUIDv7()
    catalogo.ids.add(productoId)
    await api.inventario.post({ productoId, cantidad, umbralMinimo }, { headers: operador })
    return productoId
  }

  /** `[fisico, reservado]` as the table has them. */
  async function existencia(productoId: string) {
    const found = await store.existencia(productoId)
    return [found?.fisico, found?.reservado]
  }

  const reservar = (pedidoId: string, lineas: Linea[], extra: object = {}) =>
    send('PUT', `/reservas/${pedidoId}`, { body: { lineas, ...extra }, headers: servicio })
  const confirmar = (pedidoId: string) =>
    send('POST', `/reservas/${pedidoId}/confirmar`, { headers: servicio })
  const liberar = (pedidoId: string) =>
    send('POST', `/reservas/${pedidoId}/liberar`, { headers: servicio })
  const mover = (productoId: string, body: unknown, headers: Record<string, string> = {}) =>
    send('PATCH', `/inventario/${productoId}`, { body, headers: { ...operador, ...headers } })

  return {
    ...opened,
    clock,
    catalogo,
    api,
    send,
    producto,
    existencia,
    reservar,
    confirmar,
    liberar,
    mover,
  }
}
export type Warehouse = Awaited<ReturnType<typeof openWarehouse>>

/** Whatever an answer may hold; a test looks at what its answer should. */
interface Seen {
  readonly productoId: string
  readonly fisico: number
  readonly reservado: number
  readonly disponible: number
  readonly faltan: number
  readonly umbralMinimo: number
  readonly estado: string
  readonly expiraEn: string | null
  readonly lineas: readonly Linea[]
  readonly datos: readonly Record<string, unknown>[]
  readonly siguiente: string | null
  readonly codigo: string
  readonly detail: string
  readonly faltantes: readonly Record<string, unknown>[]
  readonly errores: readonly { readonly campo: string; readonly mensaje: string }[]
}

type Headers = Record<string, string>
interface Handling {
  readonly handle: (request: Request) => Promise<Response>
}
interface Sent {
  readonly body?: unknown
  readonly headers?: Headers
}

/** Requests as text, for what a typed client cannot say. */
function sender(app: Handling) {
  return async (method: string, path: string, { body, headers }: Sent = {}) => {
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
    const isJson = response.headers.get('content-type')?.includes('json') === true
    const json: Seen = isJson && raw !== '' ? JSON.parse(raw) : null
    return { status: response.status, headers: response.headers, json }
  }
}

export const pedido = () => Bun.randomUUIDv7()

/** Each finds what breaks an invariant. */
const broken = [
  // 1 to 3: stock, ledger and promises agree.
  `SELECT e.producto_id, fisico, reservado, libro, prometido FROM (
     SELECT e.*,
       coalesce((SELECT CAST(sum(cantidad) AS bigint) FROM movimientos m
         WHERE m.producto_id = e.producto_id), 0) AS libro,
       coalesce((SELECT CAST(sum(l.cantidad) AS bigint) FROM reserva_lineas l JOIN reservas r ON r.n = l.reserva_n
         WHERE l.producto_id = e.producto_id AND r.estado = 'activa'), 0) AS prometido
     FROM existencias e) e
   WHERE NOT (0 <= reservado AND reservado <= fisico AND fisico = libro
     AND reservado = prometido AND (faltan = 0 OR fisico = reservado))`,
  // Each line says what its predecessors add up to.
  `SELECT id FROM (SELECT id, fisico_resultante, sum(cantidad) OVER
     (PARTITION BY producto_id ORDER BY secuencia) AS suma FROM movimientos) AS m
   WHERE fisico_resultante <> suma`,
  // A confirmed reservation has all its sales, under its order's name.
  `SELECT coalesce(pedido, pedido_id), producto_id, cantidad FROM reserva_lineas JOIN reservas ON n = reserva_n
     WHERE estado = 'confirmada'
   EXCEPT SELECT pedido_id, producto_id, -cantidad FROM movimientos WHERE tipo = 'VENTA'`,
]

export async function checkInvariants(engine: Engine): Promise<void> {
  for (const one of broken) expect(await rows(engine, one)).toEqual([])
}
