import type { Static } from '@sinclair/typebox'
import type { Explicado } from '../app/consultar.ts'
import { anulacionDe } from '../domain/anulacion.ts'
import { apartadoDe, pagoDe, plazoDe } from '../domain/cobranza/de-pedido.ts'
import { contarHistoria } from '../domain/explicacion.ts'
import { type Linea, type Pedido, sinVencimiento, subtotal } from '../domain/pedido.ts'
import { totalesDe } from '../domain/totales.ts'
import type { Reserva } from '../ports/peers.ts'
import type { PaginaSaldos } from './cobros-schemas.ts'
import type { Explicacion, PedidoVisto } from './schemas.ts'

// What callers see of the domain.

const iso = (ms: number) => new Date(ms).toISOString()
const isoONull = (ms: number | null) => (ms === null ? null : iso(ms))

/** What a line of an order weighs in an answer, in bytes, without its texts. */
export const pesoLinea = 250

/** About what an order weighs in an answer, in bytes. */
export function pesoDe({ lineas, notas, historial }: Pedido): number {
  const textos = lineas.reduce((suma, { sku, nombre }) => suma + sku.length + nombre.length, 0)
  const resto = 1_000 + (notas?.length ?? 0) + 200 * historial.length
  return resto + lineas.length * pesoLinea + textos
}

/** What a line comes to. */
export function verCuenta(linea: Linea) {
  const { cuenta } = linea
  const bruto = subtotal(linea)
  if (!cuenta) return { descuento: 0, importe: bruto, tasaImpuesto: 0, impuesto: 0 }
  const { descuento, gravamen, impuesto } = cuenta
  return { descuento, importe: bruto - descuento, tasaImpuesto: gravamen.tasa, impuesto }
}

export function verPedido(pedido: Pedido): Static<typeof PedidoVisto> {
  const { id, numero, clienteId, estado, total, moneda, notas, direccionEnvio, motivo } = pedido
  const igual = { id, numero, clienteId, estado, moneda, notas, direccionEnvio, motivo }
  const { condiciones } = pedido
  const anulado = anulacionDe(pedido)
  const pago = pagoDe(pedido)
  const { impuestos, ...totales } = totalesDe(pedido.lineas, condiciones ?? undefined)
  return {
    ...igual,
    lineas: pedido.lineas.map((linea) => {
      const { productoId, sku, nombre, cantidad, precioUnitario } = linea
      const igual = { productoId, sku, nombre, cantidad, precioUnitario, subtotal: subtotal(linea) }
      return { ...igual, ...verCuenta(linea) }
    }),
    ...totales,
    impuestos: [...impuestos],
    // What was fixed when it was made, whatever of its lines is shown.
    total,
    exigible: pago.exigible,
    apartado: apartadoDe(pedido),
    pago,
    anulado: anulado ? { en: iso(anulado.en), actor: anulado.actor, motivo: anulado.motivo } : null,
    contacto: condiciones && condiciones.contacto,
    facturacion: condiciones && condiciones.facturacion,
    metodoEnvio: condiciones && condiciones.metodoEnvio,
    cupon: condiciones && condiciones.cupon,
    idioma: condiciones && condiciones.idioma,
    canal: condiciones && condiciones.canal,
    expiraEn: isoONull(plazoDe(pedido)),
    creadoEn: iso(pedido.creadoEn),
    actualizadoEn: iso(pedido.actualizadoEn),
    historial: pedido.historial.map((evento) => ({ ...evento, en: iso(evento.en) })),
  }
}

/** An order that somebody has to look at. */
export function verSaldo(pedido: Pedido): Static<typeof PaginaSaldos>['datos'][number] {
  const { id, numero, clienteId, estado, total, moneda, creadoEn, actualizadoEn } = pedido
  return {
    pedidoId: id,
    numero,
    clienteId,
    estado,
    // Found by it.
    asunto: pedido.cobranza?.asunto ?? 'por-cobrar',
    apartado: apartadoDe(pedido),
    total,
    moneda,
    pago: pagoDe(pedido),
    creadoEn: iso(creadoEn),
    actualizadoEn: iso(actualizadoEn),
  }
}

const verReserva = ({ estado, lineas, expiraEn }: Reserva) => ({
  estado,
  lineas: [...lineas],
  expiraEn: expiraEn === sinVencimiento ? null : iso(expiraEn),
})

export function verExplicacion({
  historia,
  reserva,
  inventarioResponde,
}: Explicado): Static<typeof Explicacion> {
  const { id, numero, estado } = historia.pedido
  return {
    pedidoId: id,
    numero,
    estado,
    reserva: reserva ? verReserva(reserva) : null,
    inventarioResponde,
    sucesos: contarHistoria(historia).map((suceso) => ({
      ...suceso,
      en: iso(suceso.en),
      ms: suceso.ms ?? null,
      traza: suceso.traza ?? null,
      pasos: suceso.pasos.map((paso) => ({ ...paso, detalle: paso.detalle ?? null })),
    })),
  }
}
