import { type Script, statement, together } from '@encargo/storage'
import type { TipoCliente } from '../domain/aviso.ts'
import { deInvitado } from './condiciones.ts'
import { enOrden, type Luego } from './en-orden.ts'
import { type Derivado, enTrecho, esAlta, eventos } from './seguidor.ts'

/** Each becomes JSON in one way only, and what a person types can't look like it: quotes are escaped. */
export const tieneCorreo = `c.contacto LIKE '%"email":"%'`
const eligioRetiro = `c.metodo_envio LIKE '%"tipo":"retiro"%'`
const hayPersonal = `EXISTS (SELECT 1 FROM ajustes WHERE nombre = 'avisos'
  AND valor LIKE '{"personal":["%')`

type Motivo = readonly [
  estado: string,
  evento: string,
  lugar: '' | 'retiro' | 'domicilio',
  TipoCliente,
]
/** What each event is told as, depending on how the order gets to its customer. */
const motivos: readonly Motivo[] = [
  ['Pendiente', '', '', 'recibido'],
  ['Pendiente', '', '', 'instrucciones'],
  ['Pendiente', 'envio.preparado', 'retiro', 'listo'],
  ['Completado', '', 'domicilio', 'enviado'],
  ['Completado', '', 'retiro', 'entregado'],
  ['Completado', 'pedido.anulado', '', 'anulado'],
  ['Cancelado', '', '', 'cancelado'],
  ['', 'pedido.pagado', '', 'pagado'],
  ['', 'reembolso.hecho', '', 'reembolso'],
]
const tablaMotivos = `(SELECT column1 AS estado, column2 AS evento, column3 AS lugar, column4 AS tipo
  FROM (VALUES ${motivos.map((uno) => `('${uno.join("', '")}')`).join(', ')}) v) k`

const lugar = `CASE WHEN ${eligioRetiro} OR c.metodo_envio IS NULL AND p.direccion_envio IS NULL
  THEN 'retiro' ELSE 'domicilio' END`
// Who stands at the counter sees the rest.
const enMostrador = `coalesce(c.canal, '') = 'mostrador'`

/** The events of a stretch that a customer is to hear of, each as what. */
export const porAvisar = (luego: Luego) => `${eventos(luego)}
    ${luego('pedido_condiciones', 'c', 'c.numero = e.numero')} CROSS JOIN ${tablaMotivos}
  WHERE ${enTrecho} AND ${tieneCorreo} AND k.estado IN ('', e.estado) AND k.evento = coalesce(e.tipo, '')
    AND k.lugar IN ('', ${lugar}) AND (k.tipo IN ('recibido', 'anulado') OR NOT ${enMostrador})`

/** Of whose mails the amount is what the event tells. */
const importe = `CASE WHEN e.tipo IN ('reembolso.hecho', 'reembolso.fallido', 'cobro.disputado')
    THEN e.datos END`
/** Numbers follow the last one: no row is ever taken away. */
const poner = (tipo: string, para: string, de: string) => `INSERT INTO avisos
    (id, secuencia, tipo, numero, para, datos, estado, intentos, creado_en)
  SELECT (SELECT coalesce(max(id), 0) FROM avisos) + row_number() OVER (ORDER BY e.secuencia, ${tipo}),
    e.secuencia, ${tipo}, e.numero, '${para}', ${importe}, 'por-enviar', 0, e.en
  FROM ${de} ON CONFLICT (secuencia, tipo) DO NOTHING`

type Tramo = [desde: number, hasta: number]
export const sentencias = {
  cliente: statement<never, Tramo>(
    enOrden((luego) => poner('k.tipo', 'cliente', porAvisar(luego))),
  ),
  /** What staff made for somebody is no news to them. */
  personal: statement<never, Tramo>(
    enOrden((luego) =>
      poner(
        `'pedido-nuevo'`,
        'personal',
        `${eventos(luego)}
  WHERE ${enTrecho} AND ${esAlta} 
    AND (p.creado_por = p.cliente_id OR ${deInvitado('p')}) AND ${hayPersonal}`,
      ),
    ),
  ),
  /** Money that somebody has to look after. */
  dinero: statement<never, Tramo>(
    poner(
      `CASE e.tipo WHEN 'cobro.disputado' THEN 'disputa' ELSE 'devolucion-fallida' END`,
      'personal',
      `pedido_eventos e
  WHERE ${enTrecho} AND e.tipo IN ('cobro.disputado', 'reembolso.fallido') AND ${hayPersonal}`,
    ),
  ),
  deber: statement<never, Tramo>(
    `INSERT INTO obligaciones (tipo, clave, datos, intentos, desde, proxima_en)
     SELECT 'avisar', CAST(id AS TEXT), '{}', 0, creado_en, creado_en FROM avisos
     WHERE secuencia > ?1 AND secuencia <= ?2 AND estado = 'por-enviar'
     ON CONFLICT (tipo, clave) DO NOTHING`,
  ),
} as const

/**
 * Owes a mail for each event that somebody is to hear of, behind the backs of those who bring it about.
 * What it makes is no derived table: without its place it begins anew, and only what was never owed is.
 */
export const avisosDeEventos: Derivado = {
  nombre: 'avisos',
  *vaciar(): Script<void> {},
  *aplicar({ desde, hasta }) {
    // In this order: each numbers what it writes, and what is owed is what they wrote.
    const { cliente, personal, dinero, deber } = sentencias
    yield* together(...[cliente, personal, dinero, deber].map((una) => una.run(desde, hasta)))
  },
}
