import { type Look, openLook, writeOnce } from '@encargo/storage/copy'
import { CannotAudit } from '../audit/report.ts'
import type { Servers } from '../lib/shop.ts'
import { targetOf } from '../move/services.ts'
import type { Belonging, Installation } from './pair.ts'

const one = async <R>(look: Look, text: string, ...params: string[]): Promise<R | undefined> =>
  (await look.rows<R>(text, ...params))[0]

async function belongingOf(pedidos: Look, inventario: Look): Promise<Belonging> {
  const marca = "SELECT valor FROM marcas WHERE nombre = 'instalacion'"
  const own = await one<{ valor: string }>(pedidos, marca)
  if (!own) throw new CannotAudit('pedidos has no installation: start it once.')
  const bound = await one<{ pedidos: string }>(inventario, 'SELECT pedidos FROM instalacion')
  return { pedidos: own.valor, inventario: bound?.pedidos ?? null }
}

const unclaimed = `SELECT count(*) AS n
  FROM json_to_recordset($1::text::json) AS r(id text, pedido text)
  WHERE NOT EXISTS (SELECT 1 FROM pedidos p WHERE p.id = r.pedido)
    AND NOT EXISTS (SELECT 1 FROM descartes d WHERE d.id = r.id)`

async function activeAt(pedidos: Look, inventario: Look) {
  const active = await inventario.rows<{ id: string; pedido: string }>(
    `SELECT pedido_id AS id, coalesce(pedido, pedido_id) AS pedido FROM reservas
     WHERE estado = 'activa'`,
  )
  const counted = await one<{ n: number }>(pedidos, unclaimed, JSON.stringify(active))
  return { active: active.length, unclaimed: counted?.n ?? 0 }
}

/**
 * Works on both schemas, while their services do or not.
 * @throws StorageOpenError, CannotAudit with one sentence
 */
export async function withServers<T>(
  servers: Servers,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const orders = targetOf('pedidos', servers.pedidos.url)
  const stock = targetOf('inventario', servers.inventario.url)
  const looks: Look[] = []
  try {
    const pedidos = await openLook(orders)
    looks.push(pedidos)
    const inventario = await openLook(stock)
    looks.push(inventario)
    return await work({
      belonging: () => belongingOf(pedidos, inventario),
      active: () => activeAt(pedidos, inventario),
      adopt: async (now) =>
        await writeOnce(
          stock,
          `INSERT INTO instalacion (n, pedidos, desde) VALUES (1, $1, $2)
           ON CONFLICT (n) DO UPDATE SET pedidos = excluded.pedidos, desde = excluded.desde`,
          (await belongingOf(pedidos, inventario)).pedidos,
          now,
        ),
      release: (now) =>
        writeOnce(
          orders,
          `INSERT INTO marcas (nombre, valor) VALUES ('barrido-permitido', $1)
           ON CONFLICT (nombre) DO UPDATE SET valor = excluded.valor`,
          String(now),
        ),
    })
  } finally {
    for (const look of looks) await look.close()
  }
}
