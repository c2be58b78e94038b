import type { EnviarMensaje, Mensaje } from '@encargo/service-kit/mail/message'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import { type Environment, parseConfig } from '@encargo/service-kit/run/config'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { createNetwork, testOutside } from '@encargo/service-kit/testing/outside'
import type { Timer } from '@encargo/service-kit/async/timer'
import {
  createTestClock,
  createTestTokens,
  type TestSubject,
} from '@encargo/service-kit/testing/service'
import { type Clock, machineClock } from '@encargo/service-kit/async/clock'
import type { Engine } from '@encargo/storage'
import { rows } from '@encargo/storage/testing'
import { databaseSettings } from '@encargo/storage/testing/postgres'
import { treaty } from '@elysiajs/eden'
import { PedidosConfig } from '../src/config.ts'
import { open } from '../src/open.ts'
import { leerInicio } from '../src/store/inicio.ts'
import { createPedidosStore } from '../src/store/store.ts'
import { type Cara, sinCara } from '../src/domain/cara.ts'
import type { Articulo, Cliente } from '../src/domain/compra.ts'
import type { Gravamen } from '../src/domain/condiciones.ts'
import { sinGravamen } from '../src/domain/totales.ts'
import type { Catalogo, Clientes, PaginaBorrados } from '../src/ports/peers.ts'
import type { PedidosStore } from '../src/ports/store.ts'
import { FakeInventario } from './fake-inventario.ts'
import { FakePagos } from './fake-pagos.ts'

/** auth in memory: everybody exists and is active unless said otherwise. */
export class FakeClientes implements Clientes {
  readonly conocidos = new Map<string, Cliente | undefined>()
  /** In the order of their erasure. */
  readonly eliminados: string[] = []
  /** How many erased ones a page takes. */
  pagina = 200
  caido = false
  llamadas = 0
  lecturas = 0

  async buscar(id: string): Promise<Cliente | undefined> {
    this.llamadas++
    if (this.caido) throw new PeerUnavailableError('auth', 1000)
    return this.conocidos.has(id) ? this.conocidos.get(id) : { id, activo: true, confirmado: true }
  }

  /** Who is called what. */
  readonly nombres = new Map<string, string>()

  async hallar(q: string): Promise<readonly string[]> {
    if (this.caido) throw new PeerUnavailableError('auth', 1000)
    return [...this.nombres].flatMap(([id, nombre]) => (nombre === q ? id : []))
  }

  zonaHoraria = 'UTC'
  async zona(): Promise<string> {
    if (this.caido) throw new PeerUnavailableError('auth', 1000)
    return this.zonaHoraria
  }

  tienda = { ...sinCara, nombre: 'Bazar', email: 'hola@bazar.example', zonaHoraria: 'UTC' }

  async cara(): Promise<Cara> {
    if (this.caido) throw new PeerUnavailableError('auth', 1000)
    return this.tienda
  }

  async borrados(cursor: string | undefined): Promise<PaginaBorrados> {
    this.lecturas++
    if (this.caido) throw new PeerUnavailableError('auth', 1000)
    const desde = Number(cursor ?? 0)
    const hasta = desde + this.pagina
    const siguiente = hasta < this.eliminados.length ? String(hasta) : undefined
    return { ids: this.eliminados.slice(desde, hasta), siguiente }
  }
}

type DeVenta = 'categoria' | 'gravamen' | 'pesoGramos'
/** A product, of which nothing is said that only some have. */
export type ArticuloDado = Omit<Articulo, DeVenta> & Partial<Pick<Articulo, DeVenta>>
const sinMas = { categoria: null, gravamen: sinGravamen, pesoGramos: null }

/** Mails as they were handed over, by what a test puts in the place of a server. */
export class Buzon {
  readonly mensajes: Mensaje[] = []

  enviar: EnviarMensaje = (mensaje) => {
    this.mensajes.push(mensaje)
    return Promise.resolve({ tipo: 'enviado' })
  }
}

/** productos in memory. */
export class FakeCatalogo implements Catalogo {
  readonly articulos = new Map<string, ArticuloDado>()
  readonly clases = new Map<string, Gravamen>()
  caido = false

  async gravamenes(): Promise<ReadonlyMap<string, Gravamen>> {
    if (this.caido) throw new PeerUnavailableError('productos', 1000)
    return this.clases
  }

  async hayClase(codigo: string): Promise<boolean> {
    return (await this.gravamenes()).has(codigo)
  }

  async buscar(ids: readonly string[]): Promise<ReadonlyMap<string, Articulo>> {
    if (this.caido) throw new PeerUnavailableError('productos', 1000)
    const hallados = ids.flatMap((id) => {
      const articulo = this.articulos.get(id)
      return articulo ? [[id, { ...sinMas, ...articulo }] as const] : []
    })
    return new Map(hallados)
  }
}

/** A timer whose work runs when the test says so. */
export function createTestTimer() {
  const waiting: { work: () => void; ms: number }[] = []
  const timer: Timer = (work, ms) => {
    const entry = { work, ms }
    waiting.push(entry)
    return () => {
      if (waiting.includes(entry)) waiting.splice(waiting.indexOf(entry), 1)
    }
  }
  return { timer, waiting }
}

/** Of what was set up last. */
let clock = createTestClock()
const tokens = createTestTokens(() => clock.ms())
const network = createNetwork()
network.answer('auth.test', { fetch: () => Response.json(tokens.jwks) })

/** Customers hold and ask for what they like, unless a test says otherwise. */
export const sinCupos = {
  RATE_LIMIT: 'off',
  PEDIDOS_ABIERTOS: '1000000000',
  PEDIDOS_ABIERTOS_SIN_CONFIRMAR: '1000000000',
  UNIDADES_APARTADAS: '1000000000',
  UNIDADES_APARTADAS_SIN_CONFIRMAR: '1000000000',
  RESERVA_TTL_SIN_CONFIRMAR_SEGUNDOS: '86400',
}

export type Montaje = ReturnType<typeof montar>

/** Where the data of each folder is, if that is not in it. */
const bases = new Map<string, ReturnType<typeof databaseSettings>>()

function baseDe(folder: string) {
  const base = bases.get(folder) ?? databaseSettings(cleanUp)
  bases.set(folder, base)
  return base
}

/** The peers and a folder for the database, which outlive the process that `arrancar` opens. */
export function montar(env: Environment = sinCupos, DATA_DIR = testFolder('pedidos', cleanUp)) {
  clock = createTestClock()
  return {
    inventario: new FakeInventario(clock.ms),
    pagos: new FakePagos(),
    clientes: new FakeClientes(),
    catalogo: new FakeCatalogo(),
    buzon: new Buzon(),
    clock,
    base: baseDe(DATA_DIR),
    config: parseConfig(PedidosConfig, {
      ...env,
      DATA_DIR,
      AUTH_URL: 'http://auth.test',
      PEDIDOS_CLIENT_SECRET: 'a secret that no fake asks for, of enough characters',
    }),
  }
}

/** The store of a process alone. */
export async function storeDe(engine: Engine, clock: Pick<Clock, 'monoMs'> = machineClock) {
  return createPedidosStore(engine, clock, (await engine.read(leerInicio)).idDeClave)
}

/** One process of pedidos, that asks the fakes in place of its peers, and of its store what is given. */
export async function arrancar(
  montaje: Montaje,
  random: () => number = () => 0.5,
  enLaTienda: Partial<PedidosStore> = {},
  alrededor: <Puertos extends object>(puertos: Puertos) => Puertos = (puertos) => puertos,
) {
  const { inventario: reservas, pagos, clientes, catalogo, buzon, clock, config } = montaje
  const base = await montaje.base
  const { timer, waiting } = createTestTimer()
  const outside = testOutside({
    fetch: network.fetch,
    clock,
    timer,
    random,
    around(ports) {
      if ('store' in ports && ports.store instanceof Object) Object.assign(ports.store, enLaTienda)
      return alrededor({ ...ports, clientes, catalogo, reservas, pagos })
    },
  })
  const enviar: EnviarMensaje = (mensaje, signal) => buzon.enviar(mensaje, signal)
  const opened = await open({ ...config, ...base }, { ...outside, enviar })
  cleanUp(opened.close)
  // What a power cut would take is no concern here, and to wait for the disk takes most of the time.
  if (!opened.storage.shared) await rows(opened.storage, 'PRAGMA synchronous = OFF')
  // The look at the clock, which tests don't wait for.
  waiting.length = 0
  return { ...opened, api: treaty(opened.app), waiting }
}

/** Peers, database and process, with what most tests need. */
export async function preparar(folder?: string) {
  const montaje = montar(sinCupos, folder)
  return { ...montaje, ...(await arrancar(montaje)), ...atajos(montaje) }
}

function atajos({ catalogo, inventario }: Montaje) {
  return {
    /** Puts a product on sale; answers its id. */
    producto(precio = 1000, fisico = 10, datos: Partial<Articulo> = {}): string {
      const id = Bun.randomUUIDv7()
      const sku = `SKU-${catalogo.articulos.size + 1}`
      const articulo = { id, sku, nombre: `Producto ${sku}`, precio, moneda: 'USD', activo: true }
      catalogo.articulos.set(id, { ...articulo, ...datos })
      inventario.fisico.set(id, fisico)
      return id
    },
  }
}

/** Headers of somebody, and who that is. */
export async function usuario(subject: TestSubject = {}) {
  const id = subject.id ?? Bun.randomUUIDv7()
  return { id, headers: tokens.as({ ...subject, id }) }
}

/** A request without any client in between, for what no typed client would send. */
export async function pedir(
  app: Awaited<ReturnType<typeof arrancar>>['app'],
  method: string,
  path: string,
  init: { headers?: Record<string, string>; body?: unknown; raw?: string } = {},
) {
  const response = await app.handle(
    new Request(`http://localhost${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...init.headers },
      ...(init.raw === undefined && init.body === undefined
        ? {}
        : { body: init.raw ?? JSON.stringify(init.body) }),
    }),
  )
  const text = await response.text()
  const body: Record<string, unknown> = text === '' ? {} : JSON.parse(text)
  return { status: response.status, headers: response.headers, body }
}

/** What a refusal says, in short. */
export function rechazo(answer: { status: number; body: Record<string, unknown> }) {
  return `${answer.status} ${String(answer.body['codigo'])}`
}
