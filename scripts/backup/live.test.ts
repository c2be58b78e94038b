import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { serviceNames } from '@encargo/service-kit/run/config'
import { clientsAt, freshEnvironment, startSystem, type System } from '../../test/system/harness.ts'
import { walkThePurchase } from '../../test/system/walk.ts'
import { databaseSettings, onPostgres } from '@encargo/storage/testing/postgres'
import { auditShop } from '../audit/shop.ts'
import { temporaryFolder } from '../audit/test-shop.ts'
import { shopOf } from '../lib/shop.ts'
import { supervise } from '../lib/supervise.ts'
import { backup } from './backup.ts'
import { restore } from './restore.ts'

const { folder, remove } = temporaryFolder('live')
const kept = join(folder, 'kept')
let system: System
const removals: (() => Promise<void>)[] = []
beforeAll(async () => {
  system = await startSystem()
  await walkThePurchase(system.clients)
})
afterAll(async () => {
  await system.stop()
  for (const one of removals) await one()
  remove()
})

/** The public keys; whose they are is of each origin's own. */
async function keysAt(origin: string): Promise<unknown> {
  const { keys }: { keys: unknown } = JSON.parse(
    await (await fetch(`${origin}/.well-known/jwks.json`)).text(),
  )
  return keys
}

describe('beside four real processes', () => {
  test('the audit is clean', async () => {
    const { discrepancies, notices, invariants } = await auditShop(shopOf(system.env, undefined))
    expect([discrepancies, notices]).toEqual([[], []])
    expect(invariants.find(({ id }) => id === 'orders')?.checked).toBeGreaterThan(0)
  })

  test('a backup is made, and what it holds is clean', async () => {
    const { report } = await backup({
      ...shopOf(system.env, undefined),
      into: kept,
      version: 'test',
    })
    expect(report.discrepancies).toEqual([])
  })

  test('a restore is refused while they run, though they do nothing', async () => {
    const there = shopOf(system.env, undefined)
    const refused = restore({ ...there, from: kept, force: true, unverified: false })
    await expect(refused).rejects.toThrow(
      onPostgres ? /^pedidos is in use \(\d+ connections\)/ : 'pedidos.db is in use: stop pedidos',
    )
  })

  test('they log nothing of all that', () => {
    expect(system.log).toEqual([])
  })

  test('what was restored elsewhere runs, with the old keys, and goes on selling', async () => {
    const database = await databaseSettings((remove) => void removals.push(remove))
    const fresh = freshEnvironment(database)
    const place = shopOf(fresh.env, undefined)
    await restore({ ...place, from: kept, force: false, unverified: false })
    const running = supervise({
      services: serviceNames,
      env: fresh.env,
      watch: false,
      onLine: () => {},
    })
    await running.ready
    expect(await keysAt(fresh.origins.auth)).toEqual(await keysAt(system.origins.auth))
    await walkThePurchase(clientsAt(fresh.origins))
    await running.stop()
    expect((await auditShop(place)).discrepancies).toEqual([])
    fresh.remove()
  })
})
