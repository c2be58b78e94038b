import { lookAt } from '@encargo/storage'
import { intentosPorClave } from '../../../apps/pedidos/src/domain/identidad-pedido.ts'
import { idsDeEstaBase } from '../../../apps/pedidos/src/store/inicio.ts'
import { type Context, countOf, orderName } from '../context.ts'

const keyTtlMs = 24 * 60 * 60 * 1000
/** How many ids in a row that nobody knows end the search for a key's orders. */
const unknownInARow = 3

interface KeyRow {
  usuarioId: string
  clave: string
  creadaEn: number
  numero: number | null
  id: string | null
  creadoPor: string | null
}

interface Made {
  numero: number
  id: string
  creadoEn: number
}

/** The orders whose ids follow from a key. */
function ordersOf(context: Context) {
  const { client } = context
  const find = client.query<Made, [string]>(
    'SELECT numero, id, creado_en AS creadoEn FROM pedidos WHERE id = ?',
  )
  const used = client.query<{ n: number }, [string]>(`
    SELECT EXISTS (SELECT 1 FROM descartes WHERE id = ?1)
        OR EXISTS (SELECT 1 FROM inv.reservas WHERE pedido_id = ?1) AS n`)
  const idDeClave = lookAt(client, idsDeEstaBase)
  return (usuarioId: string, clave: string): Made[] => {
    const made: Made[] = []
    for (let intento = 0, unknown = 0; intento < intentosPorClave; intento++) {
      const id = idDeClave(usuarioId, clave, intento)
      const order = find.get(id)
      if (order) made.push(order)
      unknown = order || used.get(id)?.n === 1 ? 0 : unknown + 1
      if (unknown === unknownInARow) break
    }
    return made
  }
}

/**
 * One key, one answer: the order that it names is its user's, and the only one it made that day.
 * The order of a key's first attempt is its answer by its id, which there is once (files.ts).
 */
export function checkKeys(context: Context): void {
  const { client, tally, progress } = context
  const total = countOf(client, 'SELECT count(*) FROM idempotencia')
  tally.checked('once', total)
  const made = ordersOf(context)
  const rows = client.query<KeyRow, []>(`
    SELECT k.usuario_id AS usuarioId, k.clave, k.creada_en AS creadaEn, k.numero,
      p.id, p.creado_por AS creadoPor
    FROM idempotencia k LEFT JOIN pedidos p ON p.numero = k.numero`)
  let done = 0
  for (const key of rows.iterate()) {
    if (++done % 5_000 === 0) progress('following the idempotency keys', done / total)
    checkKey(context, key, made(key.usuarioId, key.clave))
  }
  checkShared(context)
  checkSealed(context)
  checkStockKeys(context)
}

function checkKey({ tally }: Context, key: KeyRow, made: readonly Made[]): void {
  const { usuarioId, clave, creadaEn, numero, id, creadoPor } = key
  const subject = `key ${JSON.stringify(clave)} of user ${usuarioId}`
  if (numero !== null) {
    if (id === null) tally.wrong('once', subject, `names order ${numero}, which is not there`)
    else if (creadoPor !== usuarioId) {
      tally.wrong('once', subject, `names ${orderName(numero, id)}, which somebody else made`)
    } else if (!made.some((order) => order.numero === numero)) {
      tally.wrong('once', subject, `names ${orderName(numero, id)}, whose id is not this key's`)
    }
  }
  const others = made.filter(
    (order) => order.numero !== numero && Math.abs(order.creadoEn - creadaEn) < keyTtlMs,
  )
  for (const other of others) {
    const first = numero === null ? 'was answered with a refusal' : `made order ${numero}`
    const what = `${first} and within a day also ${orderName(other.numero, other.id)}`
    tally.wrong('once', subject, what, `PATCH /pedidos/${other.id} {"estado":"Cancelado"}`)
  }
}

function checkShared({ client, tally }: Context): void {
  const shared = client.query<{ numero: number; n: number }, []>(
    `SELECT numero, count(*) AS n FROM idempotencia WHERE numero IS NOT NULL
     GROUP BY numero HAVING count(*) > 1`,
  )
  for (const { numero, n } of shared.iterate()) {
    tally.wrong('once', `order ${numero}`, `is the answer to ${n} different keys`)
  }
}

/** Orders that are themselves the answer to a key; which one, only who has the key can tell. */
function checkSealed({ client, tally }: Context): void {
  tally.checked('once', countOf(client, 'SELECT count(*) FROM pedidos WHERE sello IS NOT NULL'))
  const strange = client.query<{ numero: number; id: string }, []>(
    // The version of a UUID is its 13th digit (RFC 9562, 4.2).
    `SELECT numero, id FROM pedidos WHERE sello IS NOT NULL AND substr(id, 15, 1) <> '8'`,
  )
  for (const { numero, id } of strange.iterate()) {
    const what = 'was made with a key, but its id follows from none'
    tally.wrong('once', orderName(numero, id), what)
  }
  checkSealedTwice({ client, tally })
}

/** A seal is of a key and what was asked for with it: within a day, its user has one order with it. */
function checkSealedTwice({ client, tally }: Pick<Context, 'client' | 'tally'>): void {
  const twice = client.query<{ usuario: string; sello: Uint8Array }, []>(
    `SELECT creado_por AS usuario, sello FROM pedidos WHERE sello IS NOT NULL
     GROUP BY creado_por, sello HAVING count(*) > 1`,
  )
  const ofSeal = client.query<Made, [string, Uint8Array]>(
    `SELECT numero, id, creado_en AS creadoEn FROM pedidos
     WHERE creado_por = ? AND sello = ? ORDER BY numero`,
  )
  for (const { usuario, sello } of twice.iterate()) {
    const made = ofSeal.all(usuario, sello)
    for (const [index, order] of made.entries()) {
      const before = made[index - 1]
      if (!before || order.creadoEn - before.creadoEn >= keyTtlMs) continue
      const what = `answers the same request as ${orderName(before.numero, before.id)}`
      const remedy = `PATCH /pedidos/${order.id} {"estado":"Cancelado"}`
      tally.wrong('once', orderName(order.numero, order.id), what, remedy)
    }
  }
}

/** inventario's answers, for what people did to the stock. */
function checkStockKeys({ client, tally }: Context): void {
  tally.checked('once', countOf(client, 'SELECT count(*) FROM inv.idempotencia'))
  const broken = client.query<{ usuario: string; clave: string }, []>(
    `SELECT usuario_id AS usuario, clave FROM inv.idempotencia WHERE NOT json_valid(resultado)`,
  )
  for (const { usuario, clave } of broken.iterate()) {
    const subject = `key ${JSON.stringify(clave)} of user ${usuario}`
    tally.wrong('once', subject, 'its kept answer from inventario cannot be read')
  }
}
