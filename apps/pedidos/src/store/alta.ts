import { type PedidoPendiente, versionInicial } from '../domain/pedido.ts'
import { cobranzaNueva } from '../domain/cobranza/de-pedido.ts'
import type { NuevoPedido } from '../ports/store.ts'
import { selloDe } from './claves.ts'

// What an order is made as.

/** A clock that is set back by more was wrong before: what it dated stays alone with its date. */
const atrasoMs = 2 * 60 * 60 * 1000
/** With its number, the mark of an order that is dated before the one before it for that reason. */
export const relojAtrasado = 'reloj-atrasado-'

/** When an order is made, if the one before it was made at `ultimo`. */
export function fechar(ahora: number, ultimo: number) {
  const atrasado = ultimo - ahora > atrasoMs
  // Moments never go back while numbers grow, even if the clock does a little: lists rest on it.
  return { atrasado, creadoEn: atrasado ? ahora : Math.max(ahora, ultimo) }
}

/** An order's own row, but for what its number and its moment are. */
export function filaDe({ clave, completarDesde, direccionEnvio, ...nuevo }: NuevoPedido) {
  const conIntencion = completarDesde !== undefined
  return {
    intencion: conIntencion ? ('completar' as const) : null,
    intencionActor: conIntencion ? nuevo.creadoPor : null,
    proximaEn: completarDesde ?? null,
    direccion: direccionEnvio && JSON.stringify(direccionEnvio),
    sello: clave?.primerId === nuevo.id ? selloDe(clave) : null,
  }
}

/** The order as a read would find it. */
export function comoQueda(numero: number, nuevo: NuevoPedido, creadoEn: number): PedidoPendiente {
  const { clave: _, corrida: __, completarDesde, ahora: ___, cupo: ____, ...dado } = nuevo
  const igual = { ...dado, cobranza: dado.cobranza && cobranzaNueva(dado.cobranza) }
  const actor = nuevo.creadoPor
  const vacia = { motivo: null, intentos: 0, ultimoError: null }
  return {
    ...igual,
    numero,
    version: versionInicial,
    estado: 'Pendiente',
    motivo: null,
    intencion:
      completarDesde === undefined
        ? null
        : { proposito: 'completar', actor, desde: creadoEn, ...vacia },
    creadoEn,
    actualizadoEn: creadoEn,
    historial: [{ estado: 'Pendiente', motivo: null, actor, en: creadoEn }],
  }
}
