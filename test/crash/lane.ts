import { Database } from 'bun:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start as startAuth } from '@encargo/auth/main'
import { start as startInventario } from '@encargo/inventario/main'
import { start as startPedidos } from '@encargo/pedidos/main'
import { start as startProductos } from '@encargo/productos/main'
import { ensureServiceSecrets } from '@encargo/service-kit/identity/service-accounts'
import { type Environment, type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import type { Running } from '@encargo/service-kit/http/serve'
import { auditData, type AuditReport } from '../../scripts/audit/audit.ts'
import { createLink, type Link } from '../../scripts/chaos/link.ts'
import { quietPorts } from '../../scripts/chaos/ports.ts'
import { type Clients, clientsAt, type Origins } from '../system/harness.ts'
import type { Program } from './bundle.ts'
import { commonEnvironment, type Person, type Template } from './template.ts'
import { Victim } from './victim.ts'

const mains: Record<ServiceName, (env: Environment) => Promise<Running>> = {
  auth: startAuth,
  productos: startProductos,
  inventario: startInventario,
  pedidos: startPedidos,
}

/**
 * One whole system. What is killed is a real process; the peers of a service that is one by itself live in
 * this one.
 */
export interface Lane {
  readonly dataDir: string
  /** Whether all services are one process, and die together. */
  readonly together: boolean
  readonly victim: Victim
  readonly clients: Clients
  readonly shopper: Person
  readonly staff: Person
  /** The way from pedidos to a peer, which can be cut unless both are in one process. */
  way(to: Cuttable): Link
  /** Has a service at work while what is killed is dead. */
  beside(service: ServiceName, work: () => Promise<void>): Promise<void>
  /** Runs SQL on a service's file, as time or an operator would. Answers how many rows it changed. */
  alter(service: ServiceName, sql: string, ...values: (string | number)[]): number
  /** How many rows of a service's table have `value` in `column`. */
  count(service: ServiceName, table: string, column: string, value: string): number
  /** The secret of pedidos' service account. */
  readonly serviceSecret: string
  /** Waits until `holds`, without anybody asking the system to do anything. */
  eventually(what: string, holds: () => Promise<boolean>): Promise<void>
  /** Resolves when nothing is left to be done and every invariant holds; rejects with what does not. */
  settled(): Promise<void>
  stop(): Promise<void>
}

type Cuttable = 'productos' | 'inventario'

type Ports = Record<ServiceName | 'toProductos' | 'toInventario', number>

async function portsOf(): Promise<Ports> {
  const [auth = 0, productos = 0, inventario = 0, pedidos = 0, toProductos = 0, toInventario = 0] =
    await quietPorts(6)
  return { auth, productos, inventario, pedidos, toProductos, toInventario }
}

function environment(dataDir: string, ports: Ports): Environment {
  const entries = serviceNames.map((name) => [`${name.toUpperCase()}_PORT`, String(ports[name])])
  return { ...commonEnvironment(dataDir), ...Object.fromEntries(entries) }
}

const at = (port: number) => `http://127.0.0.1:${port}`

/** Pedidos meets two of its peers through links. */
function envOf(service: ServiceName, env: Environment, ports: Ports) {
  if (service !== 'pedidos') return env
  return { ...env, PRODUCTOS_URL: at(ports.toProductos), INVENTARIO_URL: at(ports.toInventario) }
}

/** How often a system is looked at while it does something by itself, in milliseconds. */
const pollMs = 40

/** How long real processes may take on a machine that has other things to do, in milliseconds. */
const patienceMs = 40_000

async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + patienceMs
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`it never came to be: ${what}`)
    // What a driver in another process does takes real time.
    await Bun.sleep(pollMs)
  }
}

async function settled(dataDir: string, discarding: () => number): Promise<void> {
  let last: AuditReport | undefined
  let left = 0
  await eventually('that nothing waits any more', async () => {
    last = await auditData(dataDir)
    left = discarding()
    return last.waiting.length === 0 && left === 0
  }).catch(() => {})
  if (last?.clean && last.waiting.length === 0 && left === 0) return
  const said = JSON.stringify([last?.discrepancies, last?.waiting])
  throw new Error(`the audit says ${said}, and ${left} purchases are yet to be discarded`)
}

/** Triggers keep the past from being changed, which is just what letting time pass has to do. */
function withoutTriggers<T>(client: Database, work: () => T): T {
  const read = `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND sql IS NOT NULL`
  const change = client.transaction(() => {
    const triggers = client.query<{ name: string; sql: string }, []>(read).all()
    for (const { name } of triggers) client.run(`DROP TRIGGER "${name}"`)
    const result = work()
    for (const { sql } of triggers) client.run(sql)
    return result
  })
  return change.immediate()
}

function open(dataDir: string) {
  const use = <T>(service: ServiceName, work: (client: Database) => T): T => {
    const client = new Database(join(dataDir, `${service}.db`), { readwrite: true })
    try {
      client.run('PRAGMA busy_timeout = 2000')
      return work(client)
    } finally {
      client.close()
    }
  }
  return {
    alter: (service: ServiceName, sql: string, ...values: (string | number)[]) =>
      use(service, (client) => withoutTriggers(client, () => client.run(sql, values).changes)),
    count: (service: ServiceName, table: string, column: string, value: string) =>
      use(service, (client) => {
        const sql = `SELECT count(*) AS n FROM ${table} WHERE ${column} = ?`
        return client.query<{ n: number }, [string]>(sql).get(value)?.n ?? 0
      }),
    /**
     * How many purchases pedidos has yet to discard. inventario may have released what was reserved for
     * one and its answer been lost: then the audit misses nothing, and yet pedidos will ask again.
     */
    discarding: () =>
      use('pedidos', (client) => {
        const sql = "SELECT count(*) AS n FROM obligaciones WHERE tipo = 'soltar-reserva'"
        return client.query<{ n: number }, []>(sql).get()?.n ?? 0
      }),
  }
}

export interface LaneOptions {
  readonly program: Program
  /** Its main, bundled. */
  readonly main: string
  readonly template: Template
}

function originsOf({ auth, productos, inventario, pedidos }: Ports): Origins {
  return {
    auth: at(auth),
    productos: at(productos),
    inventario: at(inventario),
    pedidos: at(pedidos),
  }
}

/** Ways for pedidos to meet two of its peers. */
async function openWays(ports: Ports): Promise<Record<Cuttable, Link>> {
  return {
    productos: await createLink(ports.toProductos, ports.productos),
    inventario: await createLink(ports.toInventario, ports.inventario),
  }
}

/** Starts a system of its own in a temporary folder. */
export async function createLane({ program, main, template }: LaneOptions): Promise<Lane> {
  const dataDir = mkdtempSync(join(tmpdir(), 'encargo-crash-'))
  template.copyTo(dataDir)
  const ports = await portsOf()
  const env = environment(dataDir, ports)
  const together = program === 'encargo'
  const ways = together ? undefined : await openWays(ports)
  const peers: Running[] = []
  const victim = new Victim({
    program,
    env: together ? env : envOf(program, env, ports),
    dataDir,
    main,
  })
  const stop = async () => {
    await victim.kill()
    for (const peer of peers.toReversed()) await peer.stop()
    for (const way of Object.values(ways ?? {})) way.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    if (together) await victim.start()
    for (const name of together ? [] : serviceNames) {
      if (name === program) await victim.start()
      else peers.push(await mains[name](envOf(name, env, ports)))
    }
  } catch (error) {
    await stop()
    throw error
  }
  const { pedidos: serviceSecret } = await ensureServiceSecrets(dataDir)
  const origins = originsOf(ports)
  const { alter, count, discarding } = open(dataDir)
  return {
    dataDir,
    together,
    victim,
    clients: clientsAt(origins),
    way(to) {
      if (ways === undefined) throw new Error('there is no way to cut in one process')
      return ways[to]
    },
    async beside(service, work) {
      const own = together ? await mains[service](env) : undefined
      await work().finally(() => own?.stop())
    },
    shopper: template.shopper,
    staff: template.staff,
    alter,
    count,
    serviceSecret,
    eventually,
    settled: () => settled(dataDir, discarding),
    stop,
  }
}
