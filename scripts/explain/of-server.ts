import type { ServiceName } from '@encargo/service-kit/run/config'
import { openLook } from '@encargo/storage/copy'
import type { Servers } from '../lib/shop.ts'
import { withCopy } from '../move/out.ts'
import { targetOf } from '../move/services.ts'
import { namedBy, uuid } from './read.ts'

/** Of an order: its keys, and who had to do with it. */
interface Keys {
  readonly id: string
  readonly numero: number | undefined
  readonly people: readonly string[]
}

const quoted = (text: string) => `'${text}'`

const actors = `SELECT actor AS quien FROM pedido_eventos WHERE numero = $1
  UNION SELECT actor FROM pedido_corridas WHERE numero = $1
  UNION SELECT cliente_id FROM pedidos WHERE numero = $1
  UNION SELECT creado_por FROM pedidos WHERE numero = $1`

async function keysOf({ pedidos }: Servers, named: string): Promise<Keys | undefined> {
  const by = namedBy(named)
  if (!by) return undefined
  const look = await openLook(targetOf('pedidos', pedidos.url))
  try {
    const [found] = await look.rows<{ id: string; numero: number }>(
      `SELECT id, numero FROM pedidos WHERE ${'id' in by ? 'id' : 'numero'} = $1`,
      'id' in by ? by.id : by.numero,
    )
    // One that never became an order may have been discarded, or have a reservation.
    if (!found) return 'id' in by ? { id: by.id, numero: undefined, people: [] } : undefined
    const people = await look.rows<{ quien: string }>(actors, found.numero)
    return { ...found, people: people.map(({ quien }) => quien).filter((one) => uuid.test(one)) }
  } finally {
    await look.close()
  }
}

/** Which rows tell of it; no others are read. The keys are of a form that needs no escape. */
function onlyOf({ id, numero, people }: Keys): (service: ServiceName, table: string) => string {
  const ofOrder = numero === undefined ? 'false' : `numero = ${numero}`
  const ofId = (column: string) => `${column} = ${quoted(id)}`
  const ofReservation = `(${ofId('pedido_id')} OR ${ofId('pedido')})`
  const ofCharges = (what: string) => `SELECT ${what} FROM cobros WHERE ${ofId('pedido_id')}`
  const rows: Record<string, string> = {
    'pedidos.pedidos': ofId('id'),
    'pedidos.pedido_lineas': ofOrder,
    'pedidos.pedido_condiciones': ofOrder,
    'pedidos.abonos': ofOrder,
    'pedidos.pedido_cobranza': ofOrder,
    'pedidos.pedido_cobros': ofOrder,
    'pedidos.pedido_movimientos': ofOrder,
    'pedidos.reembolsos_pedidos': ofOrder,
    'pedidos.pedido_eventos': ofOrder,
    'pedidos.pedido_corridas': ofOrder,
    'pedidos.idempotencia': ofOrder,
    'pedidos.descartes': ofId('id'),
    'pedidos.obligaciones': `(${ofId('clave')} OR clave IN (SELECT id FROM pedido_cobros WHERE ${ofOrder})
      OR clave IN (SELECT id FROM reembolsos_pedidos WHERE ${ofOrder}))`,
    'pedidos.marcas': 'true',
    'inventario.reservas': ofReservation,
    'inventario.reserva_lineas': `reserva_n IN (SELECT n FROM reservas WHERE ${ofReservation})`,
    'inventario.movimientos': ofId('pedido_id'),
    'pagos.cobros': ofId('pedido_id'),
    'pagos.movimientos': `cobro_n IN (${ofCharges('n')})`,
    'pagos.reembolsos': `cobro_n IN (${ofCharges('n')})`,
    'pagos.avisos': `(referencia IN (${ofCharges('referencia')}) OR evento_id IN
      (SELECT aviso FROM movimientos WHERE cobro_n IN (${ofCharges('n')})))`,
    'pagos.obligaciones': `(clave IN (${ofCharges('id')}) OR clave IN
      (SELECT id FROM reembolsos WHERE cobro_n IN (${ofCharges('n')})))`,
    'auth.usuarios': people.length === 0 ? 'false' : `id IN (${people.map(quoted).join(', ')})`,
  }
  return (service, table) => rows[`${service}.${table}`] ?? 'false'
}

/**
 * Works on what the schemas say of one order, in files like those of a shop with no other; undefined where
 * nobody can be meant.
 */
export async function withOrder<T>(
  servers: Servers,
  named: string,
  work: (folder: string) => T,
): Promise<T | undefined> {
  const keys = await keysOf(servers, named)
  if (!keys) return undefined
  return await withCopy(servers, { only: onlyOf(keys) }, (folder) => Promise.resolve(work(folder)))
}
