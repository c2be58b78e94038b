import type { Clock } from '@encargo/service-kit/async/clock'
import { parseConfig } from '@encargo/service-kit/run/config'
import type { Outside } from '@encargo/service-kit/run/outside'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { createNetwork, testOutside } from '@encargo/service-kit/testing/outside'
import {
  createTestClock,
  createTestTokens,
  type TestSubject,
} from '@encargo/service-kit/testing/service'
import { rows } from '@encargo/storage/testing'
import { databaseSettings } from '@encargo/storage/testing/postgres'
import { PagosConfig } from '../src/config.ts'
import { open } from '../src/open.ts'
import { FakePedidos } from './fake-pedidos.ts'
import { FakeProveedor } from './fake-proveedor.ts'

/** Of what was opened last. */
let clock = createTestClock()
const tokens = createTestTokens(() => clock.ms())
export const network = createNetwork()
network.answer('auth.test', { fetch: () => Response.json(tokens.jwks) })
export const operadorId = Bun.randomUUIDv7()
export const operador = tokens.as({ id: operadorId, rol: 'operador' })
export const admin = tokens.as({ rol: 'admin' })
export const pedidosHeaders = tokens.as({ scopes: ['pagos:mandar'] })
export const lector = tokens.as({ scopes: ['eventos:leer'] })
export const usuario = (subject: TestSubject) => tokens.as(subject)

/** What outlives a process: its folder, the world outside and its clock. */
export async function montar(entorno: Record<string, string> = {}) {
  clock = createTestClock()
  const stripe = new FakeProveedor()
  stripe.ahora = clock.ms
  const config = parseConfig(PagosConfig, {
    DATA_DIR: testFolder('pagos', cleanUp),
    ...(await databaseSettings(cleanUp)),
    AUTH_URL: 'http://auth.test',
    PEDIDOS_URL: 'http://pedidos.test',
    PAGOS_RETORNOS: 'https://tienda.example',
    PAGOS_CLIENT_SECRET: 'a secret that no fake asks for, of enough characters',
    RATE_LIMIT: 'off',
    ...entorno,
  })
  return { clock, stripe, pedidos: new FakePedidos(), config }
}
export type Montaje = Awaited<ReturnType<typeof montar>>

/** One process of pagos, whose provider and whose pedidos are in memory; `vista` sees each call of a port. */
export async function arrancar(
  { clock, stripe, pedidos, config }: Montaje,
  { monoMs }: Pick<Clock, 'monoMs'> = clock,
  vista: <Port extends object>(name: string, port: Port) => Port = (_, port) => port,
) {
  const around: Outside['around'] = (ports) => {
    const suyos =
      'proveedores' in ports && ports.proveedores instanceof Map ? ports.proveedores : []
    const store = 'store' in ports && ports.store instanceof Object ? ports.store : {}
    return {
      ...ports,
      store: vista('store', store),
      pedidos: vista('pedidos', pedidos),
      proveedores: new Map([...suyos, ['stripe', vista('stripe', stripe)]]),
    }
  }
  const { fetch } = network
  const outside = testOutside({ fetch, clock: { ...clock, monoMs }, random: () => 0.5, around })
  const opened = await open(config, outside)
  // What a power cut would take is no concern here, and to wait for the disk takes most of the time.
  if (!opened.storage.shared) await rows(opened.storage, 'PRAGMA synchronous = OFF')
  cleanUp(opened.close)
  return opened
}

/** A process with the methods that most tests need. */
export async function preparar(entorno?: Record<string, string>, mono?: Pick<Clock, 'monoMs'>) {
  const montaje = await montar(entorno)
  const proceso = await arrancar(montaje, mono)
  const pedir = pidiendo(proceso.app)
  const metodo = (codigo: string, cambios: object) =>
    pedir('PUT', `/metodos-pago/${codigo}`, {
      headers: admin,
      body: { nombre: codigo, momento: 'antes', ...cambios },
    })
  await metodo('tarjeta', { proveedor: 'stripe', maximo: 100_000 })
  await metodo('transferencia', { proveedor: 'manual', instrucciones: 'Cuenta 1, a la tienda' })
  return { ...montaje, ...proceso, pedir, metodo, ...atajos(montaje, pedir) }
}

interface Envio {
  readonly headers?: Record<string, string>
  readonly body?: unknown
  readonly raw?: string
}

export const pidiendo =
  ({ handle }: { handle: (request: Request) => Response | Promise<Response> }) =>
  async (method: string, path: string, { headers = {}, body, raw }: Envio = {}) => {
    const sent = raw ?? (body === undefined ? null : JSON.stringify(body))
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await handle(
      new Request(`http://localhost${path}`, {
        method,
        // Read here: a token is renewed when it is looked at.
        headers: { ...type, ...headers },
        ...(sent === null ? {} : { body: sent }),
      }),
    )
    const text = await response.text()
    const answered: Record<string, unknown> = text === '' ? {} : JSON.parse(text)
    return { status: response.status, headers: response.headers, body: answered }
  }
type Pedir = ReturnType<typeof pidiendo>

function atajos({ pedidos }: Montaje, pedir: Pedir) {
  return {
    /** Asks for a charge of an order that owes so much, as its owner. */
    async cobrar(porCobrar = 1_000, extra: object = {}) {
      const pedido = pedidos.poner(porCobrar)
      const suyo = tokens.as({ id: pedido.clienteId })
      const body = { pedidoId: pedido.id, metodo: 'tarjeta', ...extra }
      const answer = await pedir('POST', '/cobros', { headers: suyo, body })
      return { pedido, suyo, answer, id: String(answer.body['id']) }
    },
    avisar: (id: string, de: string | undefined, firma = 'buena') =>
      pedir('POST', '/avisos/stripe', { headers: { firma }, raw: JSON.stringify({ id, de }) }),
  }
}

/** What a refusal says, in short. */
export const rechazo = (answer: { status: number; body: Record<string, unknown> }) =>
  `${answer.status} ${String(answer.body['codigo'])}`
