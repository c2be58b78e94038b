import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Environment, type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { compiledMain } from '../lib/compiled-main.ts'
import type { UnitName } from '../lib/services.ts'
import { ownEnvironment, portsFor } from '../lib/own-system.ts'
import { serversOf, type ShopPlace } from '../lib/shop.ts'
import { type Bank, openBank } from './bank.ts'
import { openBalancer } from './balancer.ts'
import { type Database, openDatabase } from './database.ts'
import { createLink, type Link } from './link.ts'
import { type MailServer, openMailServer } from './mail-server.ts'
import { type LinkName, linkNames } from './schedule.ts'
import { Unit } from './unit.ts'

const secret = () => `${crypto.randomUUID()}-${crypto.randomUUID()}`

export const admin = {
  email: 'jefa@caos.example',
  password: secret(),
} as const

export interface SystemOptions {
  readonly seed: number
  /** How long a reservation lasts, in seconds. */
  readonly ttlSeconds: number
  /** Whether all of it is one process; then only the ways of the clients can be cut. */
  readonly together?: boolean
  /** Whose server keeps the databases, in one that is made there, or `own`; files, unless given. */
  readonly databaseUrl?: string | undefined
  /** How many processes each service has, behind a balancer if there are several; default one. */
  readonly replicas?: number
  /** Told when a process ends without having been killed, or does not start. */
  readonly onTrouble: (what: string) => void
}

export interface System {
  /** Where it keeps what it knows. */
  readonly place: ShopPlace
  /** Undefined while that is files. */
  readonly database: Database | undefined
  /** Who takes the mails of its services. */
  readonly mails: MailServer
  /** Who takes money for it. */
  readonly bank: Bank
  /** The process of that name, or the one of several. */
  unit(name: UnitName, replica: number): Unit
  readonly links: Readonly<Record<LinkName, Link>>
  /** Where the clients go; to the orders and the stock through ways that can be cut. */
  readonly origins: Readonly<Record<ServiceName, string>>
  /** Lines that the services logged as errors. */
  readonly errors: string[]
  /** Everything runs and every way is open. */
  heal(): Promise<void>
  /** Nothing is left running. With `keep` the data stays where it is. */
  end(keep: boolean): Promise<void>
}

type Ports = Record<ServiceName, number>

function isService(name: string): name is ServiceName {
  return serviceNames.some((one) => one === name)
}

function targetOf(link: LinkName, ports: Ports): number {
  const target = link.slice(link.indexOf('-') + 1)
  if (!isService(target)) throw new Error(`${link} leads to no service`)
  return ports[target]
}

function environmentOf(
  service: UnitName,
  common: Environment,
  links: Readonly<Record<LinkName, Link>>,
): Environment {
  const ways = linkNames
    .filter((name) => name.startsWith(`${service}-`))
    .map((name) => [`${name.slice(service.length + 1).toUpperCase()}_URL`, links[name].origin])
  return { ...common, ...Object.fromEntries(ways) }
}

async function openLinks(ports: Ports): Promise<Record<LinkName, Link>> {
  const own = portsFor(linkNames)
  const opened = linkNames.map(
    async (name) => [name, await createLink(own[name], targetOf(name, ports))] as const,
  )
  return Object.fromEntries(await Promise.all(opened)) as Record<LinkName, Link>
}

const at = (port: number) => `http://127.0.0.1:${port}`

/** What several replicas must have in common, and where they meet each other's services. */
function sharedBy(ports: Ports): Environment {
  return {
    AUTH_ISSUER: at(ports.auth),
    AUTH_KEY_SECRET: secret(),
    PEDIDOS_CLIENT_SECRET: secret(),
    PAGOS_CLIENT_SECRET: secret(),
    ...Object.fromEntries(
      serviceNames.map((name) => [`${name.toUpperCase()}_URL`, at(ports[name])]),
    ),
  }
}

/** Where each of so many replicas listens: with several, a balancer listens in their place. */
async function placesOfReplicas(ports: Ports, replicas: number) {
  if (replicas === 1) return { places: [ports], close: async () => {} }
  const places = Array.from({ length: replicas }, () => portsFor(serviceNames))
  const balancers = serviceNames.map((name) => {
    const balancer = openBalancer(ports[name])
    for (const place of places) balancer.add(at(place[name]))
    return balancer
  })
  return {
    places,
    async close() {
      await Promise.all(balancers.map((one) => one.close()))
    },
  }
}

const portSettings = (ports: Ports): Environment =>
  Object.fromEntries(
    serviceNames.map((name) => [`${name.toUpperCase()}_PORT`, String(ports[name])]),
  )

const mailSettings = (url: string): Environment => ({
  SMTP_URL: url,
  MAIL_FROM: 'Caos <caja@caos.example>',
  PASSWORD_RESET_URL: 'https://caos.example/restablecer',
})

/** The most lines of the services that are kept. */
const keptLines = 200

/** The services as real processes in a folder of their own, every way between them through a link. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const dataDir = mkdtempSync(join(tmpdir(), 'encargo-chaos-'))
  const { databaseUrl, replicas = 1 } = options
  const database = databaseUrl ? await openDatabase(databaseUrl) : undefined
  const DATABASE_URL = database?.url
  const mails = await openMailServer()
  const ports = portsFor(serviceNames)
  const links = await openLinks(ports)
  const bank = openBank(`${at(ports.pagos)}/avisos/stripe`, options.seed)
  const { places, close } = await placesOfReplicas(ports, replicas)
  const common = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    ...ownEnvironment({ dataDir, ports, admin }),
    LOG_LEVEL: 'error',
    ...(DATABASE_URL === undefined ? {} : { DATABASE_URL }),
    ...(replicas === 1 ? {} : sharedBy(ports)),
    RESERVA_TTL_SEGUNDOS: String(options.ttlSeconds),
    ...mailSettings(mails.url),
    ...bank.env,
  }
  const errors: string[] = []
  const unit = (service: UnitName, place: Ports) =>
    new Unit({
      service,
      main: compiledMain(service),
      ...(service === 'encargo' ? { names: serviceNames } : {}),
      env: environmentOf(service, { ...common, ...portSettings(place) }, links),
      onLine: (line) => {
        if (errors.length < keptLines) errors.push(`${service}: ${line}`)
      },
      onUnasked: (code) => options.onTrouble(`${service} ended by itself with code ${code}`),
    })
  const names: readonly UnitName[] = options.together ? ['encargo'] : serviceNames
  const units = places.map((place) => names.map((name) => unit(name, place)))
  const all = units.flat()
  const end = async (keep: boolean) => {
    await Promise.all(all.map((one) => one.kill()))
    for (const link of Object.values(links)) link.close()
    await close()
    await mails.close()
    await bank.close()
    await database?.close(keep)
    if (!keep) rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await Promise.all(all.map((one) => one.start()))
  } catch (error) {
    await end(false)
    throw error
  }
  return {
    place: { dataDir, servers: serversOf({ DATABASE_URL }) },
    database,
    mails,
    bank,
    unit(name, replica) {
      const found = units[replica]?.find(({ service }) => service === name)
      if (!found) throw new Error(`there is no process ${name}`)
      return found
    },
    links,
    origins: {
      auth: at(ports.auth),
      productos: at(ports.productos),
      inventario: links['clients-inventario'].origin,
      pedidos: links['clients-pedidos'].origin,
      pagos: at(ports.pagos),
    },
    errors,
    async heal() {
      await Promise.all(Object.values(links).map((link) => link.set({ kind: 'open' })))
      for (const one of all) {
        one.signal('SIGCONT')
        if (!one.running) await one.start()
      }
    },
    end,
  }
}
