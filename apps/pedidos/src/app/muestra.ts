import { esDeCliente, type TipoAviso } from '../domain/aviso.ts'
import type { Cobranza } from '../domain/cobranza/cuenta.ts'
import { cobranzaNueva } from '../domain/cobranza/de-pedido.ts'
import type { Idioma } from '../domain/condiciones.ts'
import type { Pedido } from '../domain/pedido.ts'
import { sinGravamen } from '../domain/totales.ts'
import type { Cartas, Escrito } from './cartas.ts'
import type { Deps } from './deps.ts'

const diaMs = 24 * 60 * 60 * 1000
const id = '00000000-0000-7000-8000-000000000001'
const escasos = JSON.stringify([{ nombre: 'Café de Loja', quedan: 3 }])
const total = 2_850
const importe = JSON.stringify({ importe: total })
/** Those that only orders have that were paid. */
const conPago = new Set<TipoAviso>(['pagado', 'reembolso', 'disputa', 'devolucion-fallida'])
const pagada = {
  ...cobranzaNueva({ metodo: 'transferencia', momento: 'antes' }),
  cobros: [
    {
      id,
      metodo: 'transferencia',
      proveedor: 'manual',
      momento: 'antes',
      estado: 'cobrado',
      causa: null,
      importe: total,
      autorizado: 0,
      cobrado: total,
      reembolsado: 0,
      disputado: 0,
      disputa: null,
      expiraEn: null,
      version: 1,
      orden: 1,
    },
  ],
} as const

/** An order that nobody made. */
function inventado(
  moneda: string,
  idioma: Idioma,
  ahora: number,
  cobranza: Cobranza | null,
): Pedido {
  const linea = { productoId: id, sku: 'CAF-LOJA-250', nombre: 'Café de Loja' }
  return {
    numero: 36,
    id,
    clienteId: id,
    creadoPor: id,
    version: 1,
    estado: 'Pendiente',
    motivo: null,
    intencion: null,
    lineas: [{ ...linea, cantidad: 2, precioUnitario: 1_250 }],
    total,
    moneda,
    notas: null,
    direccionEnvio: { nombre: 'Rosa Peralta', calle: 'Larga 7-20', ciudad: 'Cuenca', pais: 'EC' },
    cobranza,
    condiciones: {
      contacto: { nombre: 'Rosa Peralta', email: 'rosa@correo.example' },
      facturacion: null,
      metodoEnvio: { codigo: 'moto', nombre: 'Moto', tipo: 'domicilio', plazoDias: 1 },
      envioImporte: 350,
      envioGravamen: sinGravamen,
      envioImpuesto: 0,
      cupon: null,
      descuento: 0,
      idioma,
      canal: null,
      invitado: false,
    },
    expiraEn: ahora + diaMs,
    creadoEn: ahora,
    actualizadoEn: ahora,
    historial: [{ estado: 'Pendiente', motivo: null, actor: id, en: ahora }],
  }
}

/** A mail as the shop would send it now, with its templates, about an order that nobody made. */
export async function muestra(
  { store, clock, moneda, correo }: Deps,
  cartas: Cartas,
  { tipo, idioma }: { readonly tipo: TipoAviso; readonly idioma?: Idioma | undefined },
): Promise<Escrito> {
  const [{ ajustes }, cara] = await Promise.all([store.ajustes(), cartas.cara.leer()])
  const lengua = idioma ?? ajustes.idioma ?? cara.idioma
  const deCliente = esDeCliente(tipo)
  return await cartas.escribir({
    aviso: { tipo, datos: tipo === 'existencia-baja' ? escasos : importe },
    pedido:
      tipo === 'existencia-baja'
        ? undefined
        : inventado(moneda, lengua, clock.epochMs(), conPago.has(tipo) ? pagada : null),
    ajustes: { ...ajustes, idioma: lengua },
    instrucciones: null,
    cara,
    moneda,
    enlace: deCliente ? `${correo.pagina}/…` : `${correo.gestion}/…`,
  })
}
