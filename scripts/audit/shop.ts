import { openLook } from '@encargo/storage/copy'
import { type Servers, shown, type ShopPlace } from '../lib/shop.ts'
import { aliveUntil, withCopy } from '../move/out.ts'
import { isWithoutSchema, targetOf } from '../move/services.ts'
import { type AuditOptions, auditData } from './audit.ts'
import { checkServerRules } from './checks/server-rules.ts'
import { services } from './databases.ts'
import type { AuditReport } from './report.ts'
import type { Tally } from './tally.ts'
import {
  type OrderRow,
  readPair,
  type Reads,
  type ReservationRow,
  type Sides,
  texts,
} from './sides.ts'

async function sidesAt({ pedidos, inventario }: Servers, now: () => number): Promise<Sides> {
  const orders = await openLook(targetOf('pedidos', pedidos.url))
  const stock = await openLook(targetOf('inventario', inventario.url)).catch(
    async (error: unknown) => {
      await orders.close()
      throw error
    },
  )
  const reads: Reads = {
    order: async (id) => (await orders.rows<OrderRow>(texts.order, id))[0] ?? null,
    discarded: async (id) => (await orders.rows(texts.discarded, id)).length > 0,
    reservation: async (id) => (await stock.rows<ReservationRow>(texts.reservation, id))[0] ?? null,
  }
  return {
    pairOf: (id) => readPair(reads, id),
    async clock() {
      const alive = [
        await orders.rows<{ ms: number }>(aliveUntil),
        await stock.rows<{ ms: number }>(aliveUntil),
      ]
      const [last] = await orders.rows<{ en: number }>(
        'SELECT en FROM pedido_eventos ORDER BY secuencia DESC LIMIT 1',
      )
      const sides = alive.map(([row]) => row?.ms ?? 0)
      return { now: now(), aliveUntil: Math.min(now(), ...sides), lastChange: last?.en ?? 0 }
    },
    async close() {
      await orders.close()
      await stock.close()
    },
  }
}

async function rulesAt(servers: Servers, tally: Tally): Promise<void> {
  for (const service of services) {
    const schema = targetOf(service, servers[service].url)
    if (await isWithoutSchema(service, schema)) continue
    const look = await openLook(schema)
    try {
      await checkServerRules(look, { service, ...schema }, tally)
    } finally {
      await look.close()
    }
  }
}

/**
 * Audits a shop wherever it is: on a server, from a copy that is as of one moment for each service, while
 * they work or not. What changed between those moments is looked at again on the server itself.
 * @throws CannotAudit, StorageOpenError with one sentence
 */
export async function auditShop(shop: ShopPlace, options: AuditOptions = {}): Promise<AuditReport> {
  const { servers, dataDir } = shop
  if (servers === undefined) return await auditData(dataDir, options)
  const { progress, now = Date.now } = options
  const sides = () => sidesAt(servers, now)
  const also = (tally: Tally) => rulesAt(servers, tally)
  return await withCopy(servers, { progress }, async (copy) => ({
    ...(await auditData(copy, { ...options, sides, also })),
    dataDir: shown(shop),
  }))
}
