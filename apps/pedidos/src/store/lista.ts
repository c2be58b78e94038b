import type { Storage } from '@encargo/storage'
import { and, asc, desc, eq, getTableColumns, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { Pedido } from '../domain/pedido.ts'
import { expresionDe, numeroDe } from './busqueda.ts'
import { nuevosDesde } from './de-cliente.ts'
import { completarFilas } from './lectura.ts'
import { createMomentos } from './momentos.ts'
import type { Filtro, Lugar } from '../ports/store.ts'
import type { FilaPedido } from './rows.ts'
import { pedidos, pedidosDeCliente, type PedidosSchema, puedeVencer } from './sqlite/tables.ts'

type Db = Storage<PedidosSchema>['db']

/** A span of order numbers: from `desde` up to but without `antesDe`. */
export interface Tramo {
  readonly desde: number
  readonly antesDe: number
}

function condiciones({ clienteId, estado, q }: Filtro): SQL[] {
  const todas: SQL[] = []
  if (clienteId !== null) todas.push(eq(pedidos.clienteId, clienteId))
  if (estado === null) return todas
  // The unary plus keeps SQLite from walking through everybody's orders of that state.
  const elegirPorOtro = clienteId !== null || q !== null
  todas.push(elegirPorOtro ? sql`+${pedidos.estado} = ${estado}` : eq(pedidos.estado, estado))
  return todas
}

/** Reads the full-text index from the newest order down and stops when the page is full. */
function buscar(db: Db, filtro: Filtro, q: string, tramo: Tramo): FilaPedido[] {
  const numero = numeroDe(q)
  if (numero !== null) {
    const suyo = {
      desde: Math.max(tramo.desde, numero),
      antesDe: Math.min(tramo.antesDe, numero + 1),
    }
    return consultaLista(db, filtro, suyo).all()
  }
  const { clienteId, clientes = [] } = filtro
  const expresion = expresionDe({ q, clienteId, clientes })
  if (expresion === null) return []
  const condicion = and(sql`pedidos_fts MATCH ${expresion}`, ...condiciones(filtro))
  const halladas = db.all<{ numero: number }>(sql`
    SELECT pedidos_fts.rowid AS numero
    FROM pedidos_fts CROSS JOIN ${pedidos} ON ${pedidos.numero} = pedidos_fts.rowid
    WHERE ${condicion}
      AND pedidos_fts.rowid >= ${tramo.desde} AND pedidos_fts.rowid < ${tramo.antesDe}
    ORDER BY pedidos_fts.rowid DESC LIMIT ${filtro.limite + 1}`)
  const numeros = halladas.map(({ numero }) => numero)
  return db
    .select()
    .from(pedidos)
    .where(inArray(pedidos.numero, numeros))
    .orderBy(desc(pedidos.numero))
    .all()
}

// The queries of lists without `q` are exported for the test that looks at their plans.

/** The newest `cuantos` of a span, looking at each order unless there is an index for all of it. */
export function consultaLista(
  db: Db,
  filtro: Filtro,
  { desde, antesDe }: Tramo,
  cuantos: number = filtro.limite + 1,
) {
  return db
    .select()
    .from(pedidos)
    .where(and(...condiciones(filtro), gte(pedidos.numero, desde), lt(pedidos.numero, antesDe)))
    .orderBy(desc(pedidos.numero))
    .limit(cuantos)
}

/** The same of one customer's orders that `pedidos_de_cliente` has. */
export function consultaDeCliente(
  db: Db,
  filtro: Filtro,
  clienteId: string,
  { desde, antesDe }: Tramo,
  cuantos: number,
) {
  const { numero } = pedidosDeCliente
  return db
    .select(getTableColumns(pedidos))
    .from(pedidosDeCliente)
    .crossJoin(pedidos)
    .where(
      and(
        eq(pedidosDeCliente.clienteId, clienteId),
        gte(numero, desde),
        lt(numero, antesDe),
        eq(pedidos.numero, numero),
        // Whatever the list says, nobody is shown what is not theirs.
        ...condiciones({ ...filtro, clienteId }),
      ),
    )
    .orderBy(desc(numero))
    .limit(cuantos)
}

/** The numbers of Pendiente orders by when they run out; by itself SQLite takes another index. */
export const porVencerSql = ({ clienteId, limite }: Filtro, { expiraEn, numero }: Lugar) => sql`
  SELECT numero FROM ${pedidos} INDEXED BY pedidos_por_vencer
  WHERE ${puedeVencer} AND (expira_en, numero) > (${expiraEn}, ${numero})
    AND (${clienteId} IS NULL OR cliente_id = ${clienteId})
  ORDER BY expira_en, numero LIMIT ${limite + 1}`

function porVencer(db: Db, filtro: Filtro, desde: Lugar): FilaPedido[] {
  const numeros = db.all<{ numero: number }>(porVencerSql(filtro, desde))
  return db
    .select()
    .from(pedidos)
    .where(
      inArray(
        pedidos.numero,
        numeros.map(({ numero }) => numero),
      ),
    )
    .orderBy(asc(pedidos.expiraEn), asc(pedidos.numero))
    .all()
}

/** Lists of orders, newest first; one more than `limite` when there are more. */
export function createLista({ db, client }: Storage<PedidosSchema>) {
  const primerNumeroDesde = createMomentos(client)
  const nuevos = nuevosDesde(client)

  /** The span of numbers that a list is about, or null when it is empty. */
  function tramoDe(filtro: Filtro): Tramo | null {
    let antesDe = filtro.antesDe ?? Number.MAX_SAFE_INTEGER
    if (filtro.hasta !== null) {
      antesDe = Math.min(antesDe, primerNumeroDesde(filtro.hasta) ?? antesDe)
    }
    if (filtro.desde === null) return { desde: 0, antesDe }
    const desde = primerNumeroDesde(filtro.desde)
    return desde === undefined ? null : { desde, antesDe }
  }

  /** First the orders that are not in their customers' lists yet, then those that are. */
  function deCliente(filtro: Filtro, clienteId: string, { desde, antesDe }: Tramo): FilaPedido[] {
    const corte = nuevos()
    const recientes = { desde: Math.max(desde, corte), antesDe }
    const filas = corte < antesDe ? consultaLista(db, filtro, recientes).all() : []
    const faltan = filtro.limite + 1 - filas.length
    if (faltan === 0) return filas
    const anteriores = { desde, antesDe: Math.min(antesDe, corte) }
    return [...filas, ...consultaDeCliente(db, filtro, clienteId, anteriores, faltan).all()]
  }

  function filasDe(filtro: Filtro, tramo: Tramo): FilaPedido[] {
    const { q, clienteId } = filtro
    if (q !== null) return buscar(db, filtro, q, tramo)
    if (clienteId !== null) return deCliente(filtro, clienteId, tramo)
    return consultaLista(db, filtro, tramo).all()
  }

  return (filtro: Filtro): Pedido[] => {
    if (filtro.porVencer) {
      return completarFilas(db, porVencer(db, filtro, filtro.porVencer), Number.MAX_SAFE_INTEGER)
    }
    const tramo = tramoDe(filtro)
    return tramo === null ? [] : completarFilas(db, filasDe(filtro, tramo), filtro.maxLineas)
  }
}
