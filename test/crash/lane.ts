import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start as startAuth } from '@encargo/auth/main'
import { start as startInventario } from '@encargo/inventario/main'
import { start as startPagos } from '@encargo/pagos/main'
import { start as startPedidos } from '@encargo/pedidos/main'
import { start as startProductos } from '@encargo/productos/main'
import { ensureServiceSecrets } from '@encargo/service-kit/identity/service-accounts'
import { type Environment, type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import type { Running } from '@encargo/service-kit/http/serve'
import type { AuditReport } from '../../scripts/audit/report.ts'
import { auditShop } from '../../scripts/audit/shop.ts'
import { createLink, type Link } from '../../scripts/chaos/link.ts'
import { portsFor } from '../../scripts/lib/own-system.ts'
import type { ShopPlace } from '../../scripts/lib/shop.ts'
import { type Clients, clientsAt, type Origins } from '../system/harness.ts'
import type { Program } from './bundle.ts'
import { type Tables, tablesInFiles } from './tables.ts'
import { commonEnvironment, type Person, type Template } from './template.ts'
import { patienceMs, Victim } from './victim.ts'

export const mains: Record<ServiceName, (env: Environment) => Promise<Running>> = {
  auth: startAuth,
  productos: startProductos,
  inventario: startInventario,
  pedidos: startPedidos,
  pagos: startPagos,
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
  readonly alter: Tables['alter']
  readonly count: Tables['count']
  /** The secret of pedidos' service account. */
  readonly serviceSecret: string
  /** Waits until `holds`, without anybody asking the system to do anything. */
  eventually(what: string, holds: () => Promise<boolean>): Promise<void>
  /** Resolves when nothing is left to be done and every invariant holds; rejects with what does not. */
  settled(): Promise<void>
  /** What the victim said last. */
  readonly lastLines: string
  stop(): Promise<void>
}

export type Cuttable = 'productos' | 'inventario'

export type Ports = Record<ServiceName | 'toProductos' | 'toInventario', number>

export function portsOf(): Ports {
  return portsFor([...serviceNames, 'toProductos', 'toInventario'])
}

export function environment(dataDir: string, ports: Ports): Environment {
  const entries = serviceNames.map((name) => [`${name.toUpperCase()}_PORT`, String(ports[name])])
  return { ...commonEnvironment(dataDir), ...Object.fromEntries(entries) }
}

const at = (port: number) => `http://127.0.0.1:${port}`

/** Pedidos meets two of its peers through links. */
export function envOf(service: ServiceName, env: Environment, ports: Ports) {
  if (service !== 'pedidos') return env
  return { ...env, PRODUCTOS_URL: at(ports.toProductos), INVENTARIO_URL: at(ports.toInventario) }
}

/** How often a system is looked at while it does something by itself, in milliseconds. */
const pollMs = 40

export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + patienceMs
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`it never came to be: ${what}`)
    // What a driver in another process does takes real time.
    await Bun.sleep(pollMs)
  }
}

/** @param place whose audit it is */
export async function settled(place: ShopPlace, { discarding }: Tables): Promise<void> {
  let last: AuditReport | undefined
  let left = 0
  await eventually('that nothing waits any more', async () => {
    last = await auditShop(place)
    left = await discarding()
    return last.waiting.length === 0 && left === 0
  }).catch(() => {})
  if (last?.clean && last.waiting.length === 0 && left === 0) return
  const said = JSON.stringify([last?.discrepancies, last?.waiting])
  throw new Error(`the audit says ${said}, and ${left} purchases are yet to be discarded`)
}

export interface LaneOptions {
  readonly program: Program
  /** Its main, bundled. */
  readonly main: string
  readonly template: Template
}

export function originsOf({ auth, productos, inventario, pedidos, pagos }: Ports): Origins {
  return {
    auth: at(auth),
    productos: at(productos),
    inventario: at(inventario),
    pedidos: at(pedidos),
    pagos: at(pagos),
  }
}

/** Ways for pedidos to meet two of its peers. */
export async function openWays(ports: Ports): Promise<Record<Cuttable, Link>> {
  return {
    productos: await createLink(ports.toProductos, ports.productos),
    inventario: await createLink(ports.toInventario, ports.inventario),
  }
}

/** Starts a system of its own in a temporary folder. */
export async function createLane({ program, main, template }: LaneOptions): Promise<Lane> {
  const dataDir = mkdtempSync(join(tmpdir(), 'encargo-crash-'))
  template.copyTo(dataDir)
  const ports = portsOf()
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
  const tables = tablesInFiles(dataDir)
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
    alter: tables.alter,
    count: tables.count,
    serviceSecret,
    eventually,
    settled: () => settled({ dataDir, servers: undefined }, tables),
    get lastLines() {
      return victim.lastLines
    },
    stop,
  }
}
