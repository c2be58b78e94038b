import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '@encargo/service-kit/async/clock'
import { randomSecret } from '@encargo/service-kit/identity/service-accounts'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { parseConfig, type ServiceName } from '@encargo/service-kit/run/config'
import { testOutside } from '@encargo/service-kit/testing/outside'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { rows } from '@encargo/storage/testing'
import { AuthConfig } from '../../../apps/auth/src/config.ts'
import { open as openAuth } from '../../../apps/auth/src/open.ts'
import { newPrivateKeyPem } from '../../../apps/auth/src/security/signing-key.ts'
import { InventarioConfig } from '../../../apps/inventario/src/config.ts'
import { open as openInventario } from '../../../apps/inventario/src/open.ts'
import { PagosConfig } from '../../../apps/pagos/src/config.ts'
import { open as openPagos } from '../../../apps/pagos/src/open.ts'
import { PedidosConfig } from '../../../apps/pedidos/src/config.ts'
import { open as openPedidos } from '../../../apps/pedidos/src/open.ts'
import { ProductosConfig } from '../../../apps/productos/src/config.ts'
import { open as openProductos } from '../../../apps/productos/src/open.ts'
import { openFakeStripe } from '../../fake-stripe/fake-stripe.ts'
import { moody } from '../../fake-stripe/moods.ts'
import { noQuotas } from '../../lib/no-quotas.ts'
import type { Chance } from '../random.ts'
import { Life } from './life.ts'

/** Who is killed. */
export const mortals = ['pedidos', 'pagos', 'inventario'] as const
export type Mortal = (typeof mortals)[number]

type Handle = (request: Request) => Response | Promise<Response>

/** What is the same of each service, as it was opened. */
interface Open {
  readonly app: { readonly fetch: Handle }
  readonly life: Life
  /** What it does in the background, once. */
  readonly tick: () => Promise<void>
  readonly close: () => Promise<void>
}

const noTick = () => Promise.resolve()

/** Nobody's password is at stake here. */
const weak = {
  hashing: { cost: { memoryCost: 8, timeCost: 1 } },
  estimate: () => Promise.resolve({ score: 4, dictionaries: [] }),
}

export const origins = {
  auth: 'http://auth.test',
  productos: 'http://productos.test',
  inventario: 'http://inventario.test',
  pedidos: 'http://pedidos.test',
  pagos: 'http://pagos.test',
} as const satisfies Record<ServiceName, string>

const isService = (name: string): name is ServiceName => Object.hasOwn(origins, name)

class Unreachable extends Error {
  readonly code = 'ConnectionRefused'
}

export interface Trouble {
  /** How many of all calls between services get no answer, from 0 to 1. */
  lost: number
  /** How many of all calls to the provider end badly. */
  provider: number
}

/** The most of them that are kept. */
const keptLines = 50

export type World = Awaited<ReturnType<typeof openWorld>>

/**
 * A shop and its payment provider within this process, in a time of their own: services that are killed
 * between two steps and opened again on what they left on disk, ways between them that lose what they carry.
 */
export async function openWorld(chance: Chance, admin: { email: string; password: string }) {
  const dataDir = mkdtempSync(join(tmpdir(), 'encargo-simulated-'))
  const clock = createTestClock()
  const random = chance.fork()
  const ways = chance.fork()
  const trouble: Trouble = { lost: 0, provider: 0 }
  const stripe = openFakeStripe({ now: clock.ms })
  stripe.misbehave((request, perform) =>
    moody({
      random: () => ways.next(),
      share: trouble.provider,
      wait: () => new Promise((resolve) => setTimeout(resolve, ways.between(0, 5))),
    })(request, perform),
  )
  const env = {
    DATA_DIR: dataDir,
    RATE_LIMIT: 'off',
    AUTH_SIGNING_KEY: newPrivateKeyPem(),
    PEDIDOS_CLIENT_SECRET: randomSecret(),
    PAGOS_CLIENT_SECRET: randomSecret(),
    ...noQuotas,
    COMPRAS_DIARIAS_SIN_CONFIRMAR: '1000000000',
    PAGOS_RETORNOS: 'https://tienda.example',
    RESERVA_TTL_SEGUNDOS: '900',
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    ...Object.fromEntries(
      Object.entries(origins).map(([name, at]) => [`${name.toUpperCase()}_URL`, at]),
    ),
  }
  const services = new Map<ServiceName, Open>()
  const errors: string[] = []

  async function carry(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = input instanceof Request ? input : new Request(String(input), init)
    const { hostname } = new URL(request.url)
    const name = hostname.replace('.test', '')
    if (!isService(name)) return await fetch(request, { redirect: 'manual' })
    const one = services.get(name)
    if (one === undefined || one.life.dead) throw new Unreachable(`${name} is not there`)
    const bad = ways.happens(trouble.lost)
    if (bad && ways.happens(0.3)) throw new Unreachable(`nothing came to ${name}`)
    const answer = await one.app.fetch(request)
    if (one.life.dead) throw new Unreachable(`${name} died`)
    if (bad) throw new Unreachable(`the answer of ${name} was lost`)
    return answer
  }

  const outsideOf = (life: Life, mortal: boolean) => {
    const through = async (input: string | URL | Request, init?: RequestInit) =>
      mortal ? await life.around(() => carry(input, init)) : await carry(input, init)
    return testOutside({
      clock: clock as Clock,
      fetch: Object.assign(through, { preconnect: fetch.preconnect }),
      random: () => random.next(),
      logger: {
        ...silentLogger,
        error: (message, fields) => {
          // Tokens run out in the hours that are skipped.
          if (message === 'a peer does not fit') return
          if (!life.dead && errors.length < keptLines)
            errors.push(`${message} ${JSON.stringify(fields)}`)
        },
      },
      ...(mortal ? { around: life.ports } : {}),
    })
  }

  const opens: Record<ServiceName, (life: Life) => Promise<Omit<Open, 'life'>>> = {
    auth: async (life) => {
      const config = parseConfig(AuthConfig, env)
      const opened = await openAuth(config, { ...weak, ...outsideOf(life, false) })
      return { app: opened.app, tick: noTick, close: opened.close }
    },
    productos: async (life) => {
      const opened = await openProductos(parseConfig(ProductosConfig, env), outsideOf(life, false))
      return { app: opened.app, tick: noTick, close: opened.close }
    },
    inventario: async (life) => {
      const opened = await openInventario(parseConfig(InventarioConfig, env), outsideOf(life, true))
      await rows(opened.storage, 'PRAGMA synchronous = OFF')
      const tick = async () => void (await opened.store.expirarVencidas(clock.epochMs(), 1_000))
      return { app: opened.app, tick, close: opened.close }
    },
    pedidos: async (life) => {
      const opened = await openPedidos(parseConfig(PedidosConfig, env), outsideOf(life, true))
      await rows(opened.storage, 'PRAGMA synchronous = OFF')
      const tick = () => opened.casos.driver.tick()
      return { app: opened.app, tick, close: opened.close }
    },
    pagos: async (life) => {
      const opened = await openPagos(parseConfig(PagosConfig, env), outsideOf(life, true))
      await rows(opened.storage, 'PRAGMA synchronous = OFF')
      const tick = () => opened.casos.driver.tick()
      return { app: opened.app, tick, close: opened.close }
    },
  }

  async function open(name: ServiceName): Promise<void> {
    const life = new Life(chance.fork())
    services.set(name, { ...(await opens[name](life)), life })
  }

  for (const name of ['auth', 'productos', 'inventario', 'pedidos', 'pagos'] as const) {
    await open(name)
  }

  return {
    dataDir,
    clock,
    stripe,
    trouble,
    /** Lines that the services logged as errors. */
    errors,
    /** For clients. */
    fetch: carry,
    life(name: Mortal): Life {
      const one = services.get(name)
      if (one === undefined) throw new Error(`${name} is not open`)
      return one.life
    },
    tick: async (name: Mortal) => {
      const one = services.get(name)
      if (one && !one.life.dead) await one.tick().catch(() => {})
    },
    /** Opens it again on what it left, if it is dead. */
    async revive(name: Mortal): Promise<void> {
      const one = services.get(name)
      if (!one?.life.dead) return
      await one.close()
      await open(name)
    },
    async close(keep: boolean): Promise<void> {
      for (const one of [...services.values()].toReversed()) await one.close()
      await stripe.close()
      if (!keep) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
