export const estadosReserva = ['activa', 'confirmada', 'liberada', 'expirada'] as const
export type EstadoReserva = (typeof estadosReserva)[number]
export type EstadoCerrado = Exclude<EstadoReserva, 'activa'>

export interface Linea {
  readonly productoId: string
  readonly cantidad: number
}

/** The end of a reservation that no clock takes: the largest moment that there is. */
export const sinVencimiento = 8_640_000_000_000_000

/** Stock promised to one order, as its rows have it. Moments are milliseconds since the epoch. */
export interface Reserva {
  /** The order's own, save where it has come to its stock once more. */
  readonly id: string
  readonly pedidoId: string
  readonly estado: EstadoReserva
  /** One line a product, in id order; none when it was released before it was made. */
  readonly lineas: readonly Linea[]
  readonly expiraEn: number
  readonly creadaEn: number
  /** When its stock left or was free again; null while it is promised. */
  readonly cerradaEn: number | null
}

/** How long a reservation may last, in seconds: 30 days. */
export const plazoMaximoSegundos = 30 * 24 * 60 * 60

/**
 * One line a product, its id lower-cased, in id order: lines of one product are looked at as their
 * sum, and every transaction touches the products in the same order.
 */
export function sumarLineas(lineas: readonly Linea[]): Linea[] {
  const sumas = new Map<string, number>()
  for (const { productoId: escrito, cantidad } of lineas) {
    const productoId = escrito.toLowerCase()
    sumas.set(productoId, (sumas.get(productoId) ?? 0) + cantidad)
  }
  return enOrden([...sumas].map(([productoId, cantidad]) => ({ productoId, cantidad })))
}

/** Sorts lines of different products by product. */
export function enOrden(lineas: Linea[]): Linea[] {
  return lineas.sort((a, b) => (a.productoId < b.productoId ? -1 : 1))
}

/** Of lines as `sumarLineas` leaves them. */
export function mismasLineas(a: readonly Linea[], b: readonly Linea[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ productoId, cantidad }, index) => {
      const other = b[index]
      return other?.productoId === productoId && other.cantidad === cantidad
    })
  )
}

export const esFirme = ({ expiraEn }: Pick<Reserva, 'expiraEn'>) => expiraEn === sinVencimiento

/** Whether its time has run out although nobody has closed it yet. */
export function vencida(reserva: Pick<Reserva, 'estado' | 'expiraEn'>, ahora: number): boolean {
  return reserva.estado === 'activa' && reserva.expiraEn <= ahora
}

/** The state that counts: one whose time has run out is expired, even before it is closed. */
export function estadoVigente(reserva: Reserva, ahora: number): EstadoReserva {
  return vencida(reserva, ahora) ? 'expirada' : reserva.estado
}

export type DecisionReservar = 'reservar' | 'repetida' | 'distinta' | 'cerrada' | 'vencer'

/** What `PUT` means where there may be a reservation. Lines come from `sumarLineas`. */
export function decidirReservar(
  reserva: Reserva | undefined,
  { pedidoId, lineas }: Pick<Reserva, 'pedidoId' | 'lineas'>,
  ahora: number,
): DecisionReservar {
  if (!reserva) return 'reservar'
  if (vencida(reserva, ahora)) return 'vencer'
  if (reserva.estado === 'liberada' || reserva.estado === 'expirada') return 'cerrada'
  const misma = reserva.pedidoId === pedidoId && mismasLineas(reserva.lineas, lineas)
  return misma ? 'repetida' : 'distinta'
}

export type DecisionCierre = 'cerrar' | 'repetida' | 'cerrada' | 'vencer'

export function decidirConfirmar(reserva: Reserva, ahora: number): DecisionCierre {
  if (vencida(reserva, ahora)) return 'vencer'
  if (reserva.estado === 'activa') return 'cerrar'
  return reserva.estado === 'confirmada' ? 'repetida' : 'cerrada'
}

export type DecisionProrrogar = 'prorrogar' | 'repetida' | 'cerrada' | 'vencer'

/** Only ever later: whoever comes with an earlier end than there is by now has what they want. */
export function decidirProrrogar(
  reserva: Reserva,
  expiraEn: number,
  ahora: number,
): DecisionProrrogar {
  if (vencida(reserva, ahora)) return 'vencer'
  if (reserva.estado !== 'activa') return 'cerrada'
  return expiraEn > reserva.expiraEn ? 'prorrogar' : 'repetida'
}

/** Releasing asks that nothing be promised, which is so for an expired one as well. */
export function decidirLiberar(reserva: Reserva, ahora: number): DecisionCierre {
  if (vencida(reserva, ahora)) return 'vencer'
  if (reserva.estado === 'activa') return 'cerrar'
  return reserva.estado === 'confirmada' ? 'cerrada' : 'repetida'
}
