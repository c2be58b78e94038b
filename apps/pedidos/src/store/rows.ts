import type { CorridaAnotada } from '../domain/explicacion.ts'
import type { Evento, Intencion, Linea, Pedido } from '../domain/pedido.ts'
import type { pedidoCorridas, pedidos } from './sqlite/tables.ts'

export type FilaPedido = typeof pedidos.$inferSelect
export type FilaCorrida = typeof pedidoCorridas.$inferSelect

function intencionDe(fila: FilaPedido): Intencion | null {
  const { intencion, intencionActor, intencionDesde } = fila
  // The three are null together: a CHECK of the table.
  if (intencion === null || intencionActor === null || intencionDesde === null) return null
  return {
    proposito: intencion,
    actor: intencionActor,
    motivo: fila.intencionMotivo,
    desde: intencionDesde,
    intentos: fila.intentos,
    ultimoError: fila.ultimoError,
  }
}

export function aPedido(
  fila: FilaPedido,
  lineas: readonly Linea[],
  historial: readonly Evento[],
): Pedido {
  const datos = {
    numero: fila.numero,
    id: fila.id,
    clienteId: fila.clienteId,
    creadoPor: fila.creadoPor,
    version: fila.version,
    lineas,
    total: fila.total,
    moneda: fila.moneda,
    notas: fila.notas,
    direccionEnvio: fila.direccionEnvio,
    expiraEn: fila.expiraEn,
    creadoEn: fila.creadoEn,
    actualizadoEn: fila.actualizadoEn,
    historial,
  }
  if (fila.estado === 'Pendiente') {
    return { ...datos, estado: fila.estado, motivo: null, intencion: intencionDe(fila) }
  }
  return { ...datos, estado: fila.estado, motivo: fila.motivo, intencion: null }
}

export function aCorrida(fila: FilaCorrida): CorridaAnotada {
  const { operacion, actor, traza, resultado, en, duracionUs, pasos, veces, hasta } = fila
  return { operacion, actor, traza, resultado, en, us: duracionUs, pasos, veces, hasta }
}
