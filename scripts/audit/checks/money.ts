import { lookAt } from '@encargo/storage'
import { asuntoDe } from '../../../apps/pedidos/src/domain/cobranza/asunto.ts'
import { exigible, neto, saldo } from '../../../apps/pedidos/src/domain/cobranza/cuenta.ts'
import { decidir } from '../../../apps/pedidos/src/domain/cobranza/decidir.ts'
import { type CuentaLeida, leerCuenta } from '../../../apps/pedidos/src/store/cobranza/leer.ts'
import { bySpans, type Context, countOf, orderName } from '../context.ts'

interface Kept {
  numero: number
  id: string
  asunto: string | null
  saldo: number
}

const isOwed = 'SELECT 1 FROM obligaciones WHERE tipo = ?1 AND clave = ?2'

/** What its account asks for and is not on its way: the same is asked in every write that changes it. */
function* undecided(cuenta: CuentaLeida, owed: (tipo: string, id: string) => boolean) {
  const { proposito, cerrar, capturar, reembolsar, perder } = decidir(cuenta)
  if (proposito) yield `is to ${proposito}, and has not set out to`
  for (const { cobroId, importe } of reembolsar) {
    yield `is to give ${importe} of the charge ${cobroId} back, and nobody was told`
  }
  if (perder > 0) yield `has lost ${perder} for good, which nobody wrote off`
  for (const id of cerrar) {
    if (!owed('cerrar-cobro', id)) yield `is to have the charge ${id} closed, which is not owed`
  }
  for (const { cobroId } of capturar) {
    if (!owed('capturar-cobro', cobroId))
      yield `is to take the charge ${cobroId}, which is not owed`
  }
}

function* kept(cuenta: CuentaLeida, { saldo: says, asunto }: Kept) {
  const owes = saldo(cuenta)
  if (owes !== says) yield `is owed ${owes} and says ${says}`
  const why = asuntoDe(cuenta, cuenta.momento)
  if (why !== asunto)
    yield `stands on the list ${asunto ?? 'of none'}, and belongs to ${why ?? 'none'}`
  const ended = cuenta.estado !== 'Pendiente'
  const here = cuenta.momento !== null || cuenta.cobros.length > 0
  if (ended && owes !== 0 && asunto === null && (here || owes < 0)) {
    yield `has ${neto(cuenta)} of ${exigible(cuenta)}, and nobody is told`
  }
}

/** An ended order has the money that it is owed, or somebody is told; and what follows from it is decided. */
export function checkMoney(context: Context): void {
  const { client, tally } = context
  tally.checked('money', countOf(client, 'SELECT count(*) FROM pedido_cobranza'))
  const some = client.query<Kept, [number, number]>(
    `SELECT c.numero, p.id, c.asunto, c.saldo FROM pedido_cobranza c JOIN pedidos p ON p.numero = c.numero
     WHERE c.numero > ?1 AND c.numero <= ?2`,
  )
  const obligation = client.query<{ 1: number }, [string, string]>(isOwed)
  const owed = (tipo: string, id: string) => obligation.get(tipo, id) !== null
  bySpans(context, 'looking at the money of orders', 'pedido_cobranza', (from, to) => {
    for (const one of some.all(from, to)) {
      const cuenta = lookAt(client, () => leerCuenta(one.numero))
      if (!cuenta) continue
      for (const what of [...kept(cuenta, one), ...undecided(cuenta, owed)]) {
        tally.wrong('money', orderName(one.numero, one.id), what)
      }
    }
  })
}

/** A provider's clock need not be ours. */
const skewMs = 10 * 60_000

/** By when its goods left, an order that is paid before had been. */
const unpaid = `SELECT p.numero, p.id, p.total, e.en,
    (SELECT coalesce(sum(m.importe), 0) FROM pedido_movimientos m
      WHERE m.numero = p.numero AND m.tipo = 'captura' AND m.en <= e.en + ${skewMs}) AS taken,
    (SELECT coalesce(sum(a.importe), 0) FROM abonos a
      WHERE a.numero = p.numero AND a.causa <> 'contracargo' AND a.en <= e.en + ${skewMs}) AS credited
  FROM pedido_cobranza c JOIN pedidos p ON p.numero = c.numero
    JOIN pedido_eventos e ON e.numero = p.numero AND e.estado = 'Completado' AND e.tipo IS NULL
  WHERE c.momento = 'antes' AND p.estado = 'Completado' AND json_extract(e.datos, '$.forzado') IS NOT 1
    AND taken < p.total - credited`

export function checkPaid({ client, tally, progress }: Context): void {
  progress('looking at what left unpaid', 0)
  const before = "SELECT count(*) FROM pedido_cobranza WHERE momento = 'antes'"
  tally.checked('paid', countOf(client, before))
  const rows = client.query<
    { numero: number; id: string; total: number; taken: number; credited: number },
    []
  >(unpaid)
  for (const { numero, id, total, taken, credited } of rows.iterate()) {
    const what = `left when ${taken} of ${total - credited} had come, and nobody let it`
    tally.wrong('paid', orderName(numero, id), what)
  }
}
