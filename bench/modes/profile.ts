import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { patientClient } from '../../scripts/lib/client.ts'
import { root } from '../../scripts/lib/install.ts'
import type { BenchOptions } from '../args.ts'
import { type HotSpot, type Profile, readProfile } from '../cpu-profile.ts'
import type { Session } from '../session.ts'
import { figure, type Table } from '../table.ts'
import { beginPlace } from '../targets/place.ts'
import { createProducts, createShoppers, loginAdmin, systemTarget } from '../targets/prepare.ts'
import { prepareSale } from '../targets/sale.ts'
import { beginGenerator, beginSystem } from './begin.ts'
import { measure } from './measure.ts'
import { plenty } from './purchases.ts'
import type { Section } from '../harness.ts'

const connections = 32
const shown = 25

/**
 * Prepares a shop, starts it again with Bun's sampling profiler on, and lets 32 shoppers buy. The
 * profiler sees JavaScript and what it calls; what Bun does by itself between two callbacks (the
 * event loop, HTTP parsing, the network, garbage collection in other threads) is the remainder.
 */
export async function profile(session: Session, options: BenchOptions): Promise<Section> {
  const profileFolder = session.path('profiles')
  const generator = beginGenerator(session)

  const { folder, settings } = beginPlace(session, 'profile', options.postgres)
  const how = { form: options.form, folder, settings }
  const first = await beginSystem(session, how)
  session.say('preparing products and shoppers')
  const client = patientClient(first.urls)
  const productIds = await createProducts(client, options.products, plenty)
  const shoppers = await createShoppers(client, connections)
  const token = await (await loginAdmin(client)).token()
  const wish = await prepareSale(client, options.wish, token)
  await first.stop()

  const system = await beginSystem(session, { ...how, profileFolder })
  const moved = patientClient(system.urls)
  const logins = shoppers.map((login) => login.at(moved))
  const target = { ...systemTarget(system, productIds, logins), wish }
  const pace = {
    kind: 'closed',
    connections,
    durationMs: Math.max(8_000, options.roundMs),
  } as const
  session.say('profiling')
  const round = await measure(generator, target, pace, options)
  await system.stop()

  const services = target.processes.map(({ name }) => ({
    name,
    cpuSeconds: round.cpuSeconds[name] ?? null,
    profile: readProfile(readFileSync(join(profileFolder, `${name}.cpuprofile`), 'utf8'), root),
  }))
  const data = services.map(({ name, cpuSeconds, profile }) => ({
    name,
    cpuSeconds,
    samples: profile.samples,
    owners: profile.owners.slice(0, shown),
    functions: profile.functions.slice(0, shown),
  }))
  return {
    tables: services.flatMap(({ name, cpuSeconds, profile }) => tables(name, cpuSeconds, profile)),
    data: { purchases: round.accepted.count, perSecond: round.perSecond, services: data },
    wrong: [],
  }
}

function tables(name: string, cpuSeconds: number | null, { samples, owners, functions }: Profile) {
  const note = `${samples} samples of 1 ms of JavaScript; ${figure(cpuSeconds)} s of CPU in all.`
  const table = (by: string, spots: readonly HotSpot[]): Table => ({
    title: `${name}: CPU by ${by}`,
    columns: [by, 'share %'],
    rows: spots.slice(0, shown).map((spot) => [spot.name, figure(spot.share * 100)]),
    notes: [note],
  })
  return [table('owner', owners), table('function', functions)]
}
