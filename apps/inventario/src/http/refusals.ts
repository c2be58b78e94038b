import { rechazar } from '@encargo/service-kit/http/problems'
import type { Excedida } from '../domain/devolucion.ts'
import { type Faltante, limiteFisico } from '../domain/existencia.ts'
import type { EstadoCerrado } from '../domain/reserva.ts'

// Refusals that several routes share.

export const sinExistencia = () =>
  rechazar('no-encontrado', {
    detail: 'Ese producto no tiene inventario. Créalo con POST /inventario.',
  })

export const claveDistinta = () =>
  rechazar('idempotencia-distinta', {
    detail: 'Esa Idempotency-Key ya se usó con otra petición. Usa una clave nueva.',
  })

export const sinReserva = () =>
  rechazar('no-encontrado', { detail: 'Ese pedido no tiene ninguna reserva.' })

export const stockInsuficiente = (faltantes: readonly Faltante[]) =>
  rechazar('stock-insuficiente', {
    detail: `No hay unidades libres suficientes: ${faltantes.map(contado).slice(0, 5).join('; ')}.`,
    faltantes: [...faltantes],
  })

function contado({ productoId, solicitado, disponible }: Faltante): string {
  return `de ${productoId} se piden ${solicitado} y quedan ${disponible}`
}

export const fueraDeLimite = () =>
  rechazar('existencia-fuera-de-limite', {
    detail: `Un producto admite hasta ${limiteFisico} unidades.`,
  })

const cierres: Record<EstadoCerrado, string> = {
  confirmada: 'La reserva ya se confirmó y sus unidades salieron del almacén.',
  liberada: 'La reserva se liberó y sus unidades ya no están prometidas.',
  expirada: 'La reserva venció y sus unidades ya no están prometidas.',
}

export const reservaCerrada = (estado: EstadoCerrado) =>
  rechazar('reserva-cerrada', { detail: cierres[estado] })

export const cantidadExcedida = (excedidas: readonly Excedida[]) =>
  rechazar('cantidad-excedida', {
    detail: `El pedido no tiene tantas por devolver: ${excedidas.map(devuelto).slice(0, 5).join('; ')}.`,
  })

function devuelto({ productoId, solicitado, quedan }: Excedida): string {
  return `de ${productoId} se devuelven ${solicitado} y quedan ${quedan}`
}
