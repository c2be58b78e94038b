import { type Context, countOf } from '../context.ts'
import { isWithout } from '../databases.ts'

const sum = (tipo: string, otro?: string) =>
  `coalesce(sum(CASE m.tipo WHEN '${tipo}' THEN m.importe ${otro ? `WHEN '${otro}' THEN -m.importe` : ''} END), 0)`

const sums = `SELECT c.id, c.autorizado, c.cobrado, c.reembolsado, c.disputado,
    ${sum('autorizacion', 'anulacion')} AS a, ${sum('captura')} AS c,
    ${sum('reembolso', 'reembolso-revertido')} AS r,
    ${sum('contracargo', 'contracargo-revertido')} AS d,
    (SELECT coalesce(sum(e.importe), 0) FROM pagos.reembolsos e
      WHERE e.cobro_n = c.n AND e.estado = 'enviado') AS enviado
  FROM pagos.cobros c LEFT JOIN pagos.movimientos m ON m.cobro_n = c.n GROUP BY c.n`

interface Sums {
  id: string
  autorizado: number
  cobrado: number
  reembolsado: number
  disputado: number
  a: number
  c: number
  r: number
  d: number
  enviado: number
}

const amounts = 'a charge keeps what its movements come to; they stay as the record of it'

function checkSums({ client, tally }: Context): void {
  for (const row of client.query<Sums, []>(sums).iterate()) {
    const { id, autorizado, cobrado, reembolsado, disputado, enviado } = row
    const says = [autorizado, cobrado, reembolsado, disputado].join(', ')
    const comes = [row.a, row.c, row.r, row.d].join(', ')
    if (says !== comes) {
      const what = `says of itself ${says} and its movements come to ${comes}`
      tally.wrong('charges', `charge ${id}`, what, amounts)
    }
    // What a bank takes of what went back already is its own affair, and not a refund's.
    if (reembolsado + enviado > cobrado) {
      const what = `${reembolsado} went back and ${enviado} is on its way, of ${cobrado} that came`
      tally.wrong('charges', `charge ${id}`, what)
    }
  }
}

/** A fact of a provider is one, whichever charge it was counted for. */
function checkOnce({ client, tally }: Context): void {
  const twice = client.query<{ tipo: string; referencia: string; n: number }, []>(
    `SELECT tipo, referencia, count(*) AS n FROM pagos.movimientos
     GROUP BY proveedor, tipo, referencia HAVING n > 1`,
  )
  for (const { tipo, referencia, n } of twice.iterate()) {
    tally.wrong('charges', `${tipo} ${referencia}`, `was counted ${n} times`)
  }
}

/** How long a notice may wait that nobody has looked into. */
const noticeMs = 60 * 60_000

function checkNotices({ client, tally, clock }: Context): void {
  tally.checked('notices', countOf(client, 'SELECT count(*) FROM pagos.avisos'))
  const unheard = client.query<{ id: string; referencia: string; aviso: string }, []>(
    `SELECT c.id, m.referencia, m.aviso FROM pagos.movimientos m JOIN pagos.cobros c ON c.n = m.cobro_n
     WHERE m.aviso IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pagos.avisos a
       WHERE a.proveedor = m.proveedor AND a.evento_id = m.aviso)`,
  )
  for (const { id, referencia, aviso } of unheard.iterate()) {
    const what = `${referencia} is known by the notice ${aviso}, which never came`
    tally.wrong('notices', `charge ${id}`, what)
  }
  const waiting = client.query<
    { proveedor: string; evento: string; en: number | null; recibido: number; intentos: number },
    []
  >(
    `SELECT proveedor, evento_id AS evento, proxima_en AS en, recibido_en AS recibido, intentos
     FROM pagos.avisos WHERE estado = 'pendiente'`,
  )
  for (const { proveedor, evento, en, recibido, intentos } of waiting.iterate()) {
    const id = `notice ${proveedor}:${evento}`
    const retry = `POST /avisos/${proveedor}:${evento}/reintentar`
    if (en === null) tally.wrong('notices', id, 'waits, and nobody will look into it', retry)
    else if (intentos === 0 && recibido + noticeMs < clock.aliveUntil) {
      tally.wrong('notices', id, 'has waited for an hour, and nobody has looked into it', retry)
    } else tally.inFlight('notices', 'a notice to be looked into')
  }
}

/** What pagos knows, by itself. */
export function checkCharges(context: Context, dataDir: string): void {
  const { client, tally, progress } = context
  progress('adding up charges', 0)
  if (isWithout(dataDir, 'pagos') && countOf(client, 'SELECT count(*) FROM pedido_cobros') === 0) {
    tally.notice('no payments are taken here', 'charges, notices and refunds were not looked at')
    return
  }
  tally.checked('charges', countOf(client, 'SELECT count(*) FROM pagos.cobros'))
  checkSums(context)
  checkOnce(context)
  checkNotices(context)
}
