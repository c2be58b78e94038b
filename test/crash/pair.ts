import { SQL } from 'bun'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Running } from '@encargo/service-kit/http/serve'
import { ensureServiceSecrets } from '@encargo/service-kit/identity/service-accounts'
import { connectionTo, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { quietPorts } from '../../scripts/chaos/ports.ts'
import { serversOf } from '../../scripts/lib/shop.ts'
import { clientsAt } from '../system/harness.ts'
import {
  environment,
  envOf,
  eventually,
  type Lane,
  mains,
  openWays,
  originsOf,
  portsOf,
  settled,
} from './lane.ts'
import { tablesOnServer } from './tables.ts'
import { createTemplate } from './template.ts'
import { type Order, Victim } from './victim.ts'

/** One of two of pedidos, and where it is asked. */
interface Replica {
  readonly process: Victim
  readonly origin: string
}

/**
 * A system on a database server with two replicas of pedidos. What clients ask goes to the one that is to be
 * harmed, unless it answers nobody.
 */
export interface Pair extends Lane {
  /** Both run, and the one that is to be harmed works in the background. */
  bothRun(): Promise<void>
  /** Neither runs. */
  bothEnd(): Promise<void>
  /** Starts one to be harmed, which works in the background, and the other then. */
  startBoth(order: Order): Promise<void>
  /** Lets so much time have passed that what the other one was at is anybody's. */
  letTimePass(): Promise<void>
  /** Who took over is harmed next, beside one that has done nothing yet. */
  swap(): Promise<void>
}

/** The services take seconds of the server's clock, and their own, to give up on somebody. */
async function forsake(pedidos: SQL): Promise<void> {
  await pedidos.begin(async (tx) => {
    await tx.unsafe("SET LOCAL session_replication_role = 'replica'")
    await tx.unsafe(`UPDATE "__arriendos" SET hasta = hasta - interval '10 seconds'`)
    await tx.unsafe('UPDATE pedidos SET proximo_intento_en = 0 WHERE intencion IS NOT NULL')
    await tx.unsafe('UPDATE obligaciones SET proxima_en = 0')
  })
}

const isOnDuty = `SELECT count(*)::int AS n FROM "__arriendos" WHERE hasta > clock_timestamp()`

/** @param main of pedidos, bundled */
export async function createPair(main: string): Promise<Pair> {
  const url = await testDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'encargo-crash-'))
  const template = await createTemplate({ DATABASE_URL: url })
  template.copyTo(dataDir)
  template.remove()
  const ports = portsOf()
  const [second = 0] = quietPorts(1)
  const env = { ...environment(dataDir, ports), DATABASE_URL: url }
  const ways = await openWays(ports)
  const tables = tablesOnServer(url)
  const pedidos = connectionTo(url, 'pedidos')
  const origins = originsOf(ports)
  const replica = (port: number): Replica => ({
    origin: `http://127.0.0.1:${port}`,
    process: new Victim({
      program: 'pedidos',
      env: { ...envOf('pedidos', env, ports), PEDIDOS_PORT: String(port) },
      dataDir,
      main,
      orders: `crash-at-${port}`,
    }),
  })
  let [victim, other] = [replica(ports.pedidos), replica(second)] as const
  const peers: Running[] = []

  const toOneThatAnswers = (input: string | URL | Request, init?: RequestInit) => {
    const { origin } = victim.process.silent ? other : victim
    const asked = input instanceof Request ? input.url : String(input)
    return fetch(asked.replace(origins.pedidos, origin), init)
  }
  const stop = async () => {
    await Promise.all([victim.process.kill(), other.process.kill()])
    for (const peer of peers.toReversed()) await peer.stop()
    for (const way of Object.values(ways)) way.close()
    await Promise.all([tables.close(), pedidos.close()])
    await dropDatabase(url)
    rmSync(dataDir, { recursive: true, force: true })
  }
  /** Starts the other one once somebody else has the duty, which it would have otherwise. */
  async function startOther() {
    await eventually('one on duty', async () => {
      return victim.process.silent || (await pedidos.unsafe(isOnDuty))[0].n > 0
    })
    if (!other.process.running) await other.process.start()
  }
  async function bothRun() {
    if (!victim.process.running) await victim.process.start()
    await startOther()
  }
  try {
    for (const name of ['auth', 'productos', 'inventario'] as const)
      peers.push(await mains[name](envOf(name, env, ports)))
    await bothRun()
  } catch (error) {
    await stop()
    throw error
  }
  const { pedidos: serviceSecret } = await ensureServiceSecrets(dataDir)
  return {
    dataDir,
    together: false,
    get victim() {
      return victim.process
    },
    clients: clientsAt(origins, Object.assign(toOneThatAnswers, { preconnect: fetch.preconnect })),
    shopper: template.shopper,
    staff: template.staff,
    way: (to) => ways[to],
    beside: (_, work) => work(),
    alter: tables.alter,
    count: tables.count,
    serviceSecret,
    eventually,
    settled: () => settled({ dataDir, servers: serversOf({ DATABASE_URL: url }) }, tables),
    get lastLines() {
      return `${victim.process.lastLines}\nThe other: ${other.process.lastLines}`
    },
    stop,
    bothRun,
    async bothEnd() {
      await Promise.all([victim.process.kill(), other.process.kill()])
    },
    async startBoth(order) {
      await forsake(pedidos)
      await victim.process.startArmed(order)
      await startOther()
    },
    letTimePass: () => forsake(pedidos),
    async swap() {
      await victim.process.kill()
      // It may have had the duty once more.
      await forsake(pedidos)
      ;[victim, other] = [other, victim]
    },
  }
}
