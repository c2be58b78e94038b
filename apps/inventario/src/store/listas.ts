import { type Engine, type Script, type Statement, statement } from '@encargo/storage'
import type { Existencia, OrdenExistencias } from '../domain/existencia.ts'
import type { Movimiento } from '../domain/movimiento.ts'
import { enOrden, type Linea, type Reserva } from '../domain/reserva.ts'
import type {
  ExistenciasStore,
  ListaExistencias,
  ListaMovimientos,
  ListaReservas,
  ListaReservasDe,
  ReservaDeProducto,
  ReservasStore,
} from '../ports.ts'
import { columnas } from './filas.ts'
import { textoBajoMinimo } from './textos.ts'

// The lists, each by keyset along an index, with one row more than asked for. From its beginning a
// list goes on behind a place that is before all others.

const ultimo = Number.MAX_SAFE_INTEGER

// Only the order by id has an index. One by what is available would have to be kept up by every sale;
// without it a page is one walk over the table that keeps the first of it: 50 to 90 ms where there are
// 100,000 products, and staff alone ask for it.
const recorridos: Record<OrdenExistencias, { readonly por?: string; readonly baja?: true }> = {
  productoId: {},
  disponible: { por: 'fisico - reservado' },
  '-disponible': { por: 'fisico - reservado', baja: true },
  actualizadoEn: { por: 'actualizado_en' },
  '-actualizadoEn': { por: 'actualizado_en', baja: true },
}

/** One of twenty: in five orders, of all or what is low, of all or some ids. */
function textoExistencias({ orden, bajoMinimo, ids }: ListaExistencias): string {
  const { por, baja } = recorridos[orden]
  const direccion = baja ? 'DESC' : 'ASC'
  const donde = [
    por ? `(${por}, producto_id) ${baja ? '<' : '>'} (?3, ?1)` : 'producto_id > ?1',
    ...(bajoMinimo ? [textoBajoMinimo] : []),
    ...(ids ? [`producto_id IN (SELECT value FROM json_each(?${por ? 4 : 3}))`] : []),
  ]
  return `SELECT ${columnas} FROM existencias WHERE ${donde.join(' AND ')}
    ORDER BY ${por ? `${por} ${direccion}, ` : ''}producto_id ${direccion} LIMIT ?2`
}

type Parametros = [productoId: string, limite: number, ...valorEIds: (number | string)[]]
const porTexto = new Map<string, Statement<Existencia, Parametros>>()

export function pedirExistencias(lista: ListaExistencias) {
  const { orden, despuesDe, ids, limite } = lista
  const { por, baja } = recorridos[orden]
  const texto = textoExistencias(lista)
  const conocida = porTexto.get(texto) ?? statement<Existencia, Parametros>(texto)
  porTexto.set(texto, conocida)
  const valor = despuesDe?.valor ?? (baja ? ultimo : -1)
  return conocida.all(
    despuesDe?.productoId ?? '',
    limite + 1,
    ...(por ? [valor] : []),
    ...(ids ? [JSON.stringify(ids)] : []),
  )
}

const columnasMovimiento = `secuencia, id, producto_id AS "productoId", tipo, cantidad,
  fisico_resultante AS "fisicoResultante", motivo, pedido_id AS "pedidoId",
  usuario_id AS "usuarioId", creado_en AS "creadoEn"`
const movimientosPor = (columna: string) =>
  statement<Movimiento, [de: string, antesDe: number, limite: number]>(
    `SELECT ${columnasMovimiento} FROM movimientos WHERE ${columna} = ?1 AND secuencia < ?2
     ORDER BY secuencia DESC LIMIT ?3`,
  )

type ReservaRow = Omit<Reserva, 'lineas'> & { readonly n: number }
type Lugar = [creadaEn: number, id: string]

const sql = {
  deProducto: movimientosPor('producto_id'),
  dePedido: movimientosPor('pedido_id'),
  // The unary plus keeps SQLite from choosing the index by expiry, which would need a sort.
  activas: statement<ReservaRow, [...Lugar, creadasAntesDe: number, ahora: number, limite: number]>(
    `SELECT n, pedido_id AS id, coalesce(pedido, pedido_id) AS "pedidoId", estado,
       expira_en AS "expiraEn", creada_en AS "creadaEn", cerrada_en AS "cerradaEn" FROM reservas
     WHERE estado = 'activa' AND (creada_en, pedido_id) > (?1, ?2) AND creada_en < ?3
       AND +expira_en > ?4 ORDER BY creada_en, pedido_id LIMIT ?5`,
  ),
  lineas: statement<Linea & { readonly n: number }, [ns: string]>(
    `SELECT reserva_n AS n, producto_id AS "productoId", cantidad FROM reserva_lineas
     WHERE reserva_n IN (SELECT CAST(value AS bigint) FROM json_each(?1))`,
  ),
  reservasDe: statement<ReservaDeProducto, [productoId: string, ...Lugar, limite: number]>({
    sqlite: `SELECT r.pedido_id AS id, coalesce(r.pedido, r.pedido_id) AS "pedidoId", l.cantidad,
       r.creada_en AS "creadaEn", r.expira_en AS "expiraEn"
     FROM reservas r CROSS JOIN reserva_lineas l ON l.reserva_n = r.n AND l.producto_id = ?1
     WHERE r.estado = 'activa' AND (r.creada_en, r.pedido_id) < (?2, ?3)
     ORDER BY r.creada_en DESC, r.pedido_id DESC LIMIT ?4`,
    // Each OFFSET keeps the planner from another way: there is no index of lines by product, and with
    // few of them known it would go through all that there ever were.
    postgres: `SELECT r.pedido_id AS id, coalesce(r.pedido, r.pedido_id) AS "pedidoId", l.cantidad,
       r.creada_en AS "creadaEn", r.expira_en AS "expiraEn"
     FROM (SELECT n, pedido_id, pedido, creada_en, expira_en FROM reservas
       WHERE estado = 'activa' AND (creada_en, pedido_id) < (?2, ?3)
       ORDER BY creada_en DESC, pedido_id DESC OFFSET 0) AS r
     CROSS JOIN LATERAL (SELECT cantidad FROM reserva_lineas
       WHERE reserva_n = r.n AND producto_id = ?1 OFFSET 0) AS l
     ORDER BY r.creada_en DESC, r.pedido_id DESC LIMIT ?4`,
  }),
}

export function pedirMovimientos({ de, antesDe = ultimo, limite }: ListaMovimientos) {
  return 'productoId' in de
    ? sql.deProducto.all(de.productoId, antesDe, limite + 1)
    : sql.dePedido.all(de.pedidoId, antesDe, limite + 1)
}

/** Without their lines. */
export function pedirActivas({ despuesDe, creadasAntesDe, ahora, limite }: ListaReservas) {
  const { creadaEn, id } = despuesDe ?? { creadaEn: -1, id: '' }
  return sql.activas.all(creadaEn, id, creadasAntesDe ?? ultimo, ahora, limite + 1)
}

export function pedirReservasDe({ productoId, antesDe, limite }: ListaReservasDe) {
  const { creadaEn, id } = antesDe ?? { creadaEn: ultimo, id: '' }
  return sql.reservasDe.all(productoId, creadaEn, id, limite + 1)
}

function* activas(lista: ListaReservas): Script<Reserva[]> {
  const found = yield* pedirActivas(lista)
  const lineas = new Map<number, Linea[]>(found.map(({ n }) => [n, []]))
  const rows = yield* sql.lineas.all(JSON.stringify([...lineas.keys()]))
  for (const { n, ...linea } of rows) lineas.get(n)?.push(linea)
  return found.map(({ n, ...reserva }) => ({ ...reserva, lineas: enOrden(lineas.get(n) ?? []) }))
}

type Listas = Pick<ExistenciasStore, 'existencias' | 'movimientos'> &
  Pick<ReservasStore, 'reservasActivas' | 'reservasDe'>

export function createListas(engine: Engine): Listas {
  engine.prepare(...Object.values(sql))
  return {
    existencias: (lista) => engine.ask(pedirExistencias(lista)),
    movimientos: (lista) => engine.ask(pedirMovimientos(lista)),
    reservasActivas: (lista) => engine.read(() => activas(lista)),
    reservasDe: (lista) => engine.ask(pedirReservasDe(lista)),
  }
}
