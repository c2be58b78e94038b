import { ask, createClient, unwrap } from '@encargo/client'
import { as, patientClient } from '../../scripts/lib/client.ts'
import type { BenchOptions } from '../args.ts'
import { fillOrders } from '../fill/fill.ts'
import { fillServer } from '../fill/server.ts'
import { residentBytes } from '../proc.ts'
import type { Session } from '../session.ts'
import { median, percentile } from '../stats.ts'
import { figure, mebibytes, type Table } from '../table.ts'
import { writeBuyers } from '../targets/buyers.ts'
import { beginPlace, type Place, tidyServer } from '../targets/place.ts'
import { createProducts, createShoppers, type Login, loginAdmin } from '../targets/prepare.ts'
import type { System } from '../targets/system.ts'
import { type Audited, audited } from './audited.ts'
import { beginSystem } from './begin.ts'
import { operations, type Samples, summary } from './operations.ts'
import { plenty } from './purchases.ts'
import type { Section } from '../harness.ts'

const products = 50
const otherCustomers = 1_000
const starts = 3
const warmUps = 100
const repetitions = 400
/** What the project promises from the smallest to the largest. */
const limits = { slower: 1.5, moreBytes: 32 * 2 ** 20 } as const

/** What is shown at one number of stored orders. */
interface Size {
  readonly orders: number
  /** Milliseconds to ready of each service, medians. */
  readonly readyMs: Readonly<Record<string, number>>
  /** Milliseconds of each operation. */
  readonly operations: Readonly<Record<string, { readonly p50: number; readonly p99: number }>>
  /** After all operations, the same number at each size. */
  readonly residentBytes: Readonly<Record<string, number | null>>
}

/** A shop whose services run, over its stored orders. */
interface Shop {
  readonly orders: number
  readonly place: Place
  readonly system: System
  readonly readyMs: Readonly<Record<string, number>>
  readonly samples: Samples
  readonly once: () => Promise<void>
}

/**
 * One shop for each size, all of them running at the end, so that they can be measured in turns:
 * what else the machine does meets the small one and the large one alike.
 */
export async function growth(session: Session, options: BenchOptions): Promise<Section> {
  const shops: Shop[] = []
  for (const orders of options.sizes) {
    const place = beginPlace(session, `growth-${orders}`, options.postgres)
    shops.push(await openShop(session, place, orders))
  }
  session.say(`measuring ${repetitions} rounds`)
  for (let round = 0; round < warmUps; round++) for (const shop of shops) await shop.once()
  for (const { samples } of shops) samples.clear()
  for (let round = 0; round < repetitions; round++) for (const shop of shops) await shop.once()
  const sizes = shops.map(sizeOf)
  for (const { system } of shops) await system.stop()
  const audits: Audited[] = []
  for (const { place } of shops) audits.push(await audited(session, place))
  return {
    tables: tables(
      sizes,
      audits.map(({ line }) => line),
    ),
    data: { sizes, audits: audits.map(({ report }) => report) },
    wrong: [...brokenPromises(sizes), ...audits.flatMap(({ wrong }) => wrong)],
  }
}

const beginAt = (session: Session, { folder, settings }: Place) =>
  beginSystem(session, { form: 'system', folder, settings })

async function openShop(session: Session, place: Place, orders: number): Promise<Shop> {
  const { productIds, shopper } = await stockAndFill(session, place, orders)
  const ready: Record<string, number>[] = []
  for (let start = 1; start < starts; start++) {
    const system = await beginAt(session, place)
    ready.push(system.readyMs)
    await system.stop()
  }
  const system = await beginAt(session, place)
  ready.push(system.readyMs)
  const readyMs = Object.fromEntries(
    Object.keys(system.readyMs).map((name) => [
      name,
      median(ready.map((one) => one[name] ?? Number.NaN)),
    ]),
  )
  return { orders, place, system, readyMs, ...(await timings(system, shopper, productIds)) }
}

function sizeOf({ orders, system, readyMs, samples }: Shop): Size {
  return {
    orders,
    readyMs,
    operations: Object.fromEntries(
      [...samples].map(([name, all]) => [name, { p50: median(all), p99: percentile(all, 0.99) }]),
    ),
    residentBytes: Object.fromEntries(
      system.processes.map(({ name, pid }) => [name, residentBytes(pid)]),
    ),
  }
}

/** A shop with one real shopper, to whom a tenth of the orders belongs; its services are stopped. */
async function stockAndFill(session: Session, place: Place, orders: number) {
  const system = await beginAt(session, place)
  const client = patientClient(system.urls)
  const productIds = await createProducts(client, products, plenty)
  const [shopper] = await createShoppers(client, 1)
  if (!shopper) throw new TypeError('there is no shopper')
  const me = await unwrap(client.auth.me.get(as(await shopper.token())))
  const query = { ids: productIds.join(','), limite: 200 }
  const { datos } = await unwrap(client.productos.productos.get({ query }))
  await system.stop()
  session.say(`writing ${orders} orders`)
  const others = await writeBuyers(place, otherCustomers)
  const past = { count: orders, products: datos, customers: [me.id, ...others], now: Date.now() }
  const say = (line: string) => session.say(line)
  if (place.servers) await fillServer(place.servers, past, say)
  else await fillOrders(place.folder, past, say)
  await catchUp(session, place)
  if (place.servers) await tidyServer(place.servers)
  return { productIds, shopper }
}

/**
 * What pedidos derives from its history it makes in the background. Of a past that was written
 * behind its back that is a minute's work, which is no part of what is measured here.
 */
async function catchUp(session: Session, place: Place): Promise<void> {
  const system = await beginAt(session, place)
  const client = createClient(system.urls)
  const token = await (await loginAdmin(client)).token()
  const startedAt = performance.now()
  for (;;) {
    const answer = await ask(client.pedidos.pedidos.resumen.get(as(token)))
    if (answer.ok) break
    const { status } = answer.problem
    if (status !== 503) throw new Error(`the summary of orders answers ${status}`)
  }
  const seconds = (performance.now() - startedAt) / 1000
  session.say(`the history was added up in ${seconds.toFixed(1)} s`)
  await system.stop()
}

/** Times every operation once at each call. */
async function timings(system: System, login: Login, productIds: string[]) {
  const client = patientClient(system.urls)
  const shopper = login.at(client)
  const staff = await loginAdmin(client)
  const run = operations(system.urls.pedidos, productIds)
  const samples: Samples = new Map()
  let round = 0
  const once = async () => {
    const tokens = { shopper: await shopper.token(), staff: await staff.token() }
    for (const [name, ms] of await run(round++, tokens)) {
      samples.set(name, [...(samples.get(name) ?? []), ms])
    }
  }
  return { samples, once }
}

function brokenPromises(sizes: readonly Size[]): string[] {
  const [least, most] = [sizes[0], sizes.at(-1)]
  if (!least || !most) return []
  const slow = Object.entries(most.operations)
    .filter(([name]) => name !== summary)
    .filter(([name, { p50 }]) => p50 > limits.slower * (least.operations[name]?.p50 ?? p50))
    .map(([name]) => `"${name}" costs more than 1.5 times with ${most.orders} orders`)
  const large = Object.entries(most.residentBytes)
    .filter(([name, bytes]) => (bytes ?? 0) - (least.residentBytes[name] ?? 0) > limits.moreBytes)
    .map(([name]) => `${name} takes over 32 MiB more with ${most.orders} orders`)
  return [...slow, ...large]
}

function tables(sizes: readonly Size[], notes: readonly string[]): Table[] {
  const columns = ['', ...sizes.map(({ orders }) => `${orders} orders`), 'last/first']
  const row = (
    name: string,
    value: (size: Size) => number | null | undefined,
    text: (value: number | null | undefined) => string,
  ) => {
    const values = sizes.map(value)
    const ratio = (values.at(-1) ?? Number.NaN) / (values[0] ?? Number.NaN)
    return [name, ...values.map(text), figure(ratio)]
  }
  const names = Object.keys(sizes[0]?.operations ?? {})
  const services = Object.keys(sizes[0]?.readyMs ?? {})
  return [
    {
      title: `Operations by orders stored, in milliseconds (${repetitions} each, in turns)`,
      columns,
      rows: names.flatMap((name) => [
        row(`${name} p50`, (size) => size.operations[name]?.p50, figure),
        row(`${name} p99`, (size) => size.operations[name]?.p99, figure),
      ]),
    },
    {
      title: `Time to ready by orders stored, in milliseconds (medians of ${starts} starts)`,
      columns,
      rows: services.map((name) => row(name, (size) => size.readyMs[name], figure)),
    },
    {
      title: 'Resident memory by orders stored, in MiB, after the same work',
      columns,
      rows: services.map((name) => row(name, (size) => size.residentBytes[name], mebibytes)),
      notes,
    },
  ]
}
