import { lookAt } from '@encargo/storage'
import { enOrden } from '../../../apps/pedidos/src/store/en-orden.ts'
import { numeroEnMarca } from '../../../apps/pedidos/src/store/marcas.ts'
import { porAvisar } from '../../../apps/pedidos/src/store/seguidor-avisos.ts'
import { bySpans, type Context, countOf, makeAnew, orderName } from '../context.ts'

const { sqlite: events } = enOrden(porAvisar)

/** What a customer was to hear of and was never owed a mail for, of events that the follower has taken in. */
const missing = `SELECT p.id, e.numero, k.tipo FROM ${events} AND NOT EXISTS
    (SELECT 1 FROM avisos a WHERE a.secuencia = e.secuencia AND a.tipo = k.tipo)`

/** Which are to be sent, and owed to nobody. */
const forgotten = `SELECT id, tipo FROM avisos a WHERE estado = 'por-enviar' AND NOT EXISTS
    (SELECT 1 FROM obligaciones WHERE tipo = 'avisar' AND clave = CAST(a.id AS TEXT))`

/** Mails about orders: each event has its own, and each that is not sent yet is owed. */
export function checkMails(context: Context): void {
  const { client, tally } = context
  tally.checked('owed', countOf(client, 'SELECT count(*) FROM avisos'))
  for (const { id, tipo } of client.query<{ id: number; tipo: string }, []>(forgotten).iterate()) {
    const what = `${tipo} is to be sent, and nothing says so`
    const remedy =
      `INSERT INTO obligaciones VALUES ('avisar', '${id}', '{}', 0, 0, NULL, ` +
      'unixepoch() * 1000, NULL) in pedidos.db'
    tally.wrong('owed', `mail ${id}`, what, remedy)
  }
  const place = lookAt(client, () => numeroEnMarca('avisos')) ?? 0
  const unsaid = client.query<{ id: string; numero: number; tipo: string }, [number, number]>(
    missing,
  )
  bySpans(context, 'looking for mails', 'pedido_eventos', (from, to) => {
    for (const { id, numero, tipo } of unsaid.iterate(from, Math.min(to, place))) {
      const what = `nobody was to be told that it is ${tipo}`
      tally.wrong('owed', orderName(numero, id), what, makeAnew('avisos'))
    }
  })
}
