import { type Engine, type Script, statement, together } from '@encargo/storage'
import type { Pedido } from '../domain/pedido.ts'
import type { Filtro } from '../ports/store.ts'
import { expresionDe, numeroDe } from './busqueda.ts'
import { sinAnotarDesde } from './de-cliente.ts'
import { enOrden } from './en-orden.ts'
import { delFiltro, halladas, siEs } from './halladas.ts'
import { columnas, completarFilas, type FilaPedido } from './lectura.ts'
import { primeroDesde } from './momentos.ts'

/** From `desde` up to but without `antesDe`. */
interface Numeros {
  readonly desde: number
  readonly antesDe: number
}
type DeTodos = [desde: number, antesDe: number, limite: number]
type DeCliente = [...DeTodos, clienteId: string | null, estado: string | null]

const entre = 'p.numero >= ?1 AND p.numero < ?2'
const lasNuevas = 'ORDER BY p.numero DESC LIMIT ?3'

// Exported for the test that looks at their plans.
export const consultas = {
  deTodos: statement<FilaPedido, DeTodos>(
    `SELECT ${columnas} FROM pedidos p WHERE ${entre} ${lasNuevas}`,
  ),
  deEstado: statement<FilaPedido, [...DeTodos, estado: string]>({
    sqlite: `SELECT ${columnas} FROM pedidos p WHERE p.estado = ?4 AND ${entre} ${lasNuevas}`,
    // By itself PostgreSQL takes no state for rarer than another, and may walk through all orders.
    postgres: `SELECT ${columnas} FROM pedidos p
        WHERE (p.estado, p.numero) >= (?4, ?1) AND (p.estado, p.numero) < (?4, ?2)
        ORDER BY p.estado DESC, p.numero DESC LIMIT ?3`,
  }),
  /** Looking at each order. */
  recientes: statement<FilaPedido, DeCliente>(
    `SELECT ${columnas} FROM pedidos p WHERE ${entre} AND ${delFiltro} ${lasNuevas}`,
  ),
  /**
   * Those that `pedidos_de_cliente` has. Whatever that says, nobody is shown what is not theirs.
   */
  deCliente: statement<FilaPedido, DeCliente>(
    enOrden(
      (luego) => `SELECT ${columnas}
     FROM pedidos_de_cliente c ${luego('pedidos', 'p', 'p.numero = c.numero')}
     WHERE c.cliente_id = ?4 AND c.numero >= ?1 AND c.numero < ?2 AND ${delFiltro}
     ORDER BY c.numero DESC LIMIT ?3`,
    ),
  ),
  halladas,
  /** Pendiente orders by when they run out; by itself SQLite takes another index. */
  porVencer: statement<
    FilaPedido,
    [expiraEn: number, numero: number, limite: number, clienteId: string | null]
  >(
    `SELECT ${columnas} FROM pedidos p INDEXED BY pedidos_por_vencer
     WHERE p."estado" = 'Pendiente' AND p."intencion" IS NULL
       AND (p.expira_en, p.numero) > (?1, ?2) AND ${siEs('p.cliente_id', 4)}
     ORDER BY p.expira_en, p.numero LIMIT ?3`,
  ),
} as const

/** The span of numbers that a list is about, or undefined when it is empty. */
function* numerosDe({ desde, hasta, antesDe }: Filtro): Script<Numeros | undefined> {
  const sinFin = antesDe ?? Number.MAX_SAFE_INTEGER
  if (desde === undefined && hasta === undefined) return { desde: 0, antesDe: sinFin }
  const [comienzo, fin] = yield* together(
    primeroDesde.get(desde ?? 0),
    primeroDesde.get(hasta ?? Number.MAX_SAFE_INTEGER),
  )
  return comienzo && { desde: comienzo.numero, antesDe: Math.min(sinFin, fin?.numero ?? sinFin) }
}

function* buscar(filtro: Filtro, q: string, { desde, antesDe }: Numeros) {
  const { clienteId, estado, clientes = [], limite } = filtro
  const suyos = [limite + 1, clienteId ?? null, estado ?? null] as const
  const numero = numeroDe(q)
  if (numero !== undefined) {
    const [este, siguiente] = [Math.max(desde, numero), Math.min(antesDe, numero + 1)]
    return yield* consultas.recientes.all(este, siguiente, ...suyos)
  }
  const expresion = expresionDe({ q, clienteId, clientes })
  if (expresion === undefined) return []
  return yield* consultas.halladas.all(desde, antesDe, ...suyos, expresion)
}

/** First the orders that are not in their customer's list yet, then those that are. */
function* deUno({ estado, limite }: Filtro, clienteId: string, { desde, antesDe }: Numeros) {
  const corte = yield* sinAnotarDesde()
  const de = [limite + 1, clienteId, estado ?? null] as const
  const anotadas = () => consultas.deCliente.all(desde, Math.min(antesDe, corte), ...de)
  if (corte >= antesDe) return yield* anotadas()
  const [nuevas, otras] = yield* together(
    consultas.recientes.all(Math.max(desde, corte), antesDe, ...de),
    anotadas(),
  )
  return [...nuevas, ...otras].slice(0, limite + 1)
}

function* filasDe(filtro: Filtro): Script<readonly FilaPedido[]> {
  const { q, clienteId, estado, limite, porVencer } = filtro
  if (porVencer) {
    const { expiraEn, numero } = porVencer
    return yield* consultas.porVencer.all(expiraEn, numero, limite + 1, clienteId ?? null)
  }
  const numeros = yield* numerosDe(filtro)
  if (numeros === undefined) return []
  if (q !== undefined) return yield* buscar(filtro, q, numeros)
  if (clienteId !== undefined) return yield* deUno(filtro, clienteId, numeros)
  const { desde, antesDe } = numeros
  return estado === undefined
    ? yield* consultas.deTodos.all(desde, antesDe, limite + 1)
    : yield* consultas.deEstado.all(desde, antesDe, limite + 1, estado)
}

/** Lists of orders, newest first; one more than `limite` when there are more. */
export const listar = (engine: Engine, filtro: Filtro): Promise<Pedido[]> =>
  engine.read(function* () {
    const maxLineas = filtro.porVencer ? Number.MAX_SAFE_INTEGER : filtro.maxLineas
    return yield* completarFilas(yield* filasDe(filtro), maxLineas)
  })
