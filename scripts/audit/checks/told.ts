import { type Context, countOf } from '../context.ts'
import { driverLimitMs } from '../judge.ts'

interface Copy {
  id: string
  version: number
  known: number | null
  contada: number | null
  en: number | null
  pedido: string | null
  suyo: string
  differs: number
}

/** pedidos is read first: what it knows of a charge is not newer than the charge. */
const copies = `SELECT k.id, k.version, c.version AS known, c.contada, c.actualizado_en AS en,
    c.pedido_id AS pedido, p.id AS suyo,
    k.estado IS NOT c.estado OR k.importe <> c.importe OR k.autorizado <> c.autorizado
      OR k.cobrado <> c.cobrado OR k.reembolsado <> c.reembolsado OR k.disputado <> c.disputado AS differs
  FROM pedido_cobros k JOIN pedidos p ON p.numero = k.numero LEFT JOIN pagos.cobros c ON c.id = k.id`

const again = (id: string) =>
  `UPDATE cobros SET contada = 0 WHERE id = '${id}' in pagos.db, with pagos stopped, and start it`

function faultOf(one: Copy, limit: number): string | undefined {
  const { version, known, contada, en, pedido, suyo, differs } = one
  if (known === null) return 'is known to pedidos, and pagos has none of that name'
  if (pedido !== suyo) return `is of the order ${suyo} for pedidos, and of ${pedido} for pagos`
  if (version > known)
    return `pedidos knows its version ${version}, and it has only come to ${known}`
  if (version === known)
    return differs ? 'is another one for pedidos, though of the same version' : undefined
  // What was told in between the two were read is not old.
  const settled = contada === known && (en ?? 0) < limit
  return settled ? `pedidos knows its version ${version} and was told ${known}` : undefined
}

/** What pedidos knows of charges, as they are. */
export function checkTold({ client, tally, clock, progress }: Context): void {
  progress('comparing charges', 0)
  tally.checked('told', countOf(client, 'SELECT count(*) FROM pedido_cobros'))
  const limit = clock.now - driverLimitMs
  for (const one of client.query<Copy, []>(copies).iterate()) {
    const fault = faultOf(one, limit)
    if (fault) tally.wrong('told', `charge ${one.id}`, fault, again(one.id))
    else if (one.version !== one.known) tally.inFlight('told', 'a charge to be told of')
  }
}

interface Refund {
  id: string
  importe: number
  cobro: string
  ajeno: number
  desde: number
  suyo: number | null
  deCobro: string | null
}

/** What goes back is asked for by one order, or by none where there is none. */
export function checkRefunds({ client, tally, clock, progress }: Context): void {
  progress('comparing refunds', 0)
  tally.checked('refunds', countOf(client, 'SELECT count(*) FROM reembolsos_pedidos'))
  const rows = client.query<Refund, []>(
    `SELECT r.id, r.importe, c.id AS cobro, r.ajeno, r.desde, d.importe AS suyo, d.cobro_id AS deCobro
     FROM pagos.reembolsos r JOIN pagos.cobros c ON c.n = r.cobro_n
       LEFT JOIN reembolsos_pedidos d ON d.id = r.id`,
  )
  for (const { id, importe, cobro, ajeno, desde, suyo, deCobro } of rows.iterate()) {
    const wrong = (what: string) => tally.wrong('refunds', `refund ${id}`, what)
    if (suyo === null) {
      if (ajeno === 1) continue
      if (desde < clock.now - driverLimitMs) wrong('goes back, and no order asked for it')
      else tally.inFlight('refunds', 'a refund that was asked for just now')
    } else if (ajeno === 1) wrong('is asked for by an order, and is said to be of none')
    else if (suyo !== importe || deCobro !== cobro) {
      wrong(`is ${importe} of the charge ${cobro}, and ${suyo} of ${deCobro} was asked for`)
    }
  }
  const sending = countOf(
    client,
    "SELECT count(*) FROM pagos.reembolsos WHERE estado = 'por-enviar'",
  )
  if (sending > 0) tally.inFlight('refunds', 'money to be sent back', sending)
  const lost = client.query<{ id: string; estado: string }, []>(
    `SELECT id, estado FROM reembolsos_pedidos d WHERE estado <> 'por-pedir'
       AND NOT EXISTS (SELECT 1 FROM pagos.reembolsos r WHERE r.id = d.id)`,
  )
  for (const { id, estado } of lost.iterate()) {
    const remedy = `UPDATE reembolsos_pedidos SET estado = 'por-pedir' WHERE id = '${id}', and owe it: see docs/operations.md`
    tally.wrong('refunds', `refund ${id}`, `is ${estado}, and pagos knows of none`, remedy)
  }
}
