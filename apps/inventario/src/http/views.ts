import { decodeCursor } from '@encargo/service-kit/http/pagination'
import { Uuid } from '@encargo/service-kit/http/schemas'
import { type Static, Type } from '@sinclair/typebox'
import { disponibleDe, type Existencia } from '../domain/existencia.ts'
import type { Movimiento } from '../domain/movimiento.ts'
import { esFirme, estadoVigente, type Reserva } from '../domain/reserva.ts'
import type { LugarReserva as Lugar, ReservaDeProducto } from '../ports.ts'
import type { ExistenciaVista, MovimientoVisto, ReservaVista } from './schemas.ts'

// What callers see of the domain.

const iso = (ms: number) => new Date(ms).toISOString()
/** When it ends; null for one that no clock takes. */
export const verFin = (reserva: Pick<Reserva, 'expiraEn'>) => ({
  expiraEn: esFirme(reserva) ? null : iso(reserva.expiraEn),
  firme: esFirme(reserva),
})

export function verExistencia(existencia: Existencia): Static<typeof ExistenciaVista> {
  const { productoId, fisico, reservado, faltan, umbralMinimo, actualizadoEn } = existencia
  return {
    productoId,
    fisico,
    reservado,
    disponible: disponibleDe(existencia),
    faltan,
    umbralMinimo,
    actualizadoEn: iso(actualizadoEn),
  }
}

export function verMovimiento(movimiento: Movimiento): Static<typeof MovimientoVisto> {
  const { secuencia: _, creadoEn, ...visto } = movimiento
  return { ...visto, creadoEn: iso(creadoEn) }
}

/** In the state that counts at `ahora`, milliseconds since the epoch. */
export function verReserva(reserva: Reserva, ahora: number): Static<typeof ReservaVista> {
  return {
    id: reserva.id,
    pedidoId: reserva.pedidoId,
    estado: estadoVigente(reserva, ahora),
    lineas: [...reserva.lineas],
    ...verFin(reserva),
    creadaEn: iso(reserva.creadaEn),
    cerradaEn: reserva.cerradaEn === null ? null : iso(reserva.cerradaEn),
  }
}

export const verReservaDe = ({ id, pedidoId, cantidad, creadaEn, ...fin }: ReservaDeProducto) => ({
  id,
  pedidoId,
  cantidad,
  creadaEn: iso(creadaEn),
  ...verFin(fin),
})

const LugarReserva = Type.Tuple([Type.Integer({ minimum: 0, maximum: 8.64e15 }), Uuid])

/** Where a page of reservations ended, as its cursor holds it. */
export const lugarReserva = ({ creadaEn, id }: Lugar) => [creadaEn, id]

/** @throws ProblemError 422 for a cursor of another list */
export function leerLugarReserva(cursor: string | undefined): Lugar | undefined {
  if (cursor === undefined) return undefined
  const [creadaEn, id] = decodeCursor(LugarReserva, cursor)
  return { creadaEn, id }
}
