import type { Invitado, NuevoPedido } from '@encargo/client'
import { cuentas } from './cuentas.ts'
import type { PagoDemo } from './pagos.ts'
import { casa, cupon, estudio, oficina, tia } from './venta.ts'

/** Where an order stands when the demo data is ready. */
type FinDemo =
  | { readonly estado: 'Pendiente'; readonly preparado?: true }
  /** With why it was voided afterwards, if it was. */
  | { readonly estado: 'Completado'; readonly anulado?: string }
  | { readonly estado: 'Cancelado'; readonly motivo: string; readonly por: 'cliente' | 'operador' }

/** What is agreed beyond the lines; nothing where it was bought without saying. */
type Trato = Pick<
  NuevoPedido,
  'direccionEnvio' | 'contacto' | 'facturacion' | 'metodoEnvio' | 'cupon' | 'canal' | 'completar'
>

export interface PedidoDemo extends Readonly<Trato> {
  /** Whose order it is: a key of `cuentas`, or somebody without an account. Staff buys and sells. */
  readonly cliente: 'cliente' | 'operador' | Invitado
  readonly lineas: readonly { readonly sku: string; readonly cantidad: number }[]
  /** How it is paid; those that say so are made where the shop has ways to pay. */
  readonly pago?: PagoDemo
  /** Unlike any other order's, as a second run of the seed knows the order by it. */
  readonly notas: string
  readonly fin: FinDemo
}

const lineas = (unidades: Readonly<Record<string, number>>) =>
  Object.entries(unidades).map(([sku, cantidad]) => ({ sku, cantidad }))

const pendiente = { estado: 'Pendiente' } as const
const completado = { estado: 'Completado' } as const

const { nombre, email, telefono } = cuentas.cliente
const lucia = { nombre, email, telefono }
/** Nobody whom anything reaches. */
const rosa = { nombre: 'Rosa Peralta', email: 'rosa@correo.example', telefono: '+593990000104' }
const julio = { nombre: 'Julio Cobos', email: 'julio@correo.example', telefono: '+593990000105' }
/** At the counter, of somebody who gives no name. */
const enElMostrador = { cliente: 'operador', canal: 'mostrador', completar: true } as const

/** The sample orders, oldest first. The position of each gives its idempotency key: append only. */
export const pedidos: readonly PedidoDemo[] = [
  {
    cliente: 'cliente',
    lineas: lineas({ 'CAF-LOJA-250': 2, 'CAF-CHUSPA': 1, 'DES-PANELA-GRANULADA': 1 }),
    notas: 'Primer pedido. Timbre del segundo piso, por favor.',
    direccionEnvio: casa,
    fin: completado,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'PAP-CUADERNO-A5': 4, 'PAP-LAPIZ-GRAFITO': 2, 'PAP-AGENDA-PERPETUA': 1 }),
    notas: 'Material para la oficina: factura a nombre del estudio.',
    direccionEnvio: oficina,
    metodoEnvio: 'moto',
    contacto: lucia,
    facturacion: estudio,
    fin: completado,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'TEX-MANTA-ALPACA': 1 }),
    notas: 'Es un regalo de cumpleaños, sin precio en la caja.',
    direccionEnvio: tia,
    fin: {
      estado: 'Cancelado',
      motivo: 'Mi tía ya tiene una igual; elegiré otro regalo.',
      por: 'cliente',
    },
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'INF-CAJA-REGALO': 1, 'CHO-MANABI-70': 3 }),
    notas: 'El otro regalo para mi tía. Tarjeta: «Con cariño, Lucía».',
    direccionEnvio: tia,
    fin: completado,
  },
  {
    cliente: 'operador',
    lineas: lineas({ 'CAF-ZARUMA-500': 2, 'CHO-MELCOCHA': 3 }),
    notas: 'Café y dulces para la degustación del sábado en la tienda.',
    fin: completado,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'COC-MORTERO-PIEDRA': 1, 'DES-AJI-TOMATE-ARBOL': 2 }),
    notas: 'Que el mortero venga bien protegido.',
    direccionEnvio: casa,
    fin: {
      estado: 'Cancelado',
      motivo: 'El mortero reservado llegó con una grieta; avisamos a la clienta.',
      por: 'operador',
    },
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'CHO-TAZA-AMARGO': 2, 'COC-TAZA-CHORDELEG': 4, 'DES-MIEL-PARAMO': 1 }),
    notas: 'Para la reunión del domingo. Dejar con el vecino si no estoy.',
    direccionEnvio: casa,
    fin: completado,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'PAP-PLUMA-FUENTE': 1, 'PAP-TINTA-JACARANDA': 1 }),
    notas: 'Paso a recogerlo el viernes por la tarde.',
    metodoEnvio: 'retiro',
    contacto: lucia,
    fin: { ...pendiente, preparado: true },
  },
  {
    cliente: 'cliente',
    lineas: lineas({
      'CAF-LOJA-MOLIDO': 6,
      'INF-CEDRON-MENTA': 3,
      'DES-PANELA-GRANULADA': 4,
      'DES-CHIFLES-LIMON': 12,
    }),
    notas: 'Reposición mensual de la cocina del estudio. Entregar antes de las 10.',
    direccionEnvio: oficina,
    fin: pendiente,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'HOG-VELA-PALO-SANTO': 2, 'HOG-JABON-AVENA': 5, 'TEX-LIMPION-LINO': 1 }),
    notas: 'Si falta algo, envíen el resto cuando llegue.',
    direccionEnvio: casa,
    fin: pendiente,
  },
  {
    cliente: 'operador',
    lineas: lineas({ 'HOG-FAROL-HOJALATA': 1, 'TEX-DELANTAL-LONA': 2 }),
    notas: 'Farol para la vitrina y delantales nuevos para el mostrador.',
    fin: pendiente,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'COC-PRENSA-600': 1, 'CAF-INTAG-340': 2, 'CHO-GRAGEAS-UVILLA': 2 }),
    notas: 'Envío a Quito; llamar a Carmen al llegar a la portería.',
    direccionEnvio: tia,
    metodoEnvio: 'encomienda',
    contacto: lucia,
    fin: pendiente,
  },
  {
    cliente: rosa,
    lineas: lineas({ 'CAF-LOJA-MOLIDO': 1, 'DES-QUINUA-BLANCA': 2, 'COC-TAZA-CHORDELEG': 2 }),
    notas: 'Sin cuenta, con RUC: la casa es la de la puerta verde.',
    direccionEnvio: {
      nombre: rosa.nombre,
      calle: 'Juan Jaramillo 5-60 y Mariano Cueva',
      referencia: 'Puerta verde, junto a la panadería',
      ciudad: 'Cuenca',
      provincia: 'Azuay',
      pais: 'EC',
      telefono: rosa.telefono,
    },
    metodoEnvio: 'moto',
    cupon: cupon.codigo,
    contacto: rosa,
    facturacion: {
      identificacion: { pais: 'EC', tipo: 'ruc', numero: '0104123567001' },
      razonSocial: 'Rosa Peralta',
      email: rosa.email,
    },
    fin: completado,
  },
  {
    // Who is not known has less time than others: this one is the next that expires.
    cliente: julio,
    lineas: lineas({ 'INF-GUAYUSA': 2, 'INF-INFUSOR-ACERO': 1 }),
    notas: 'Sin cuenta, para retirar: paso hoy si alcanzo.',
    metodoEnvio: 'retiro',
    contacto: julio,
    fin: pendiente,
  },
  {
    ...enElMostrador,
    lineas: lineas({ 'CHO-MELCOCHA': 2, 'CHO-SAL-NIBS': 1, 'TEX-BOLSA-MERCADO': 1 }),
    notas: 'En el mostrador, en efectivo.',
    fin: completado,
  },
  {
    ...enElMostrador,
    lineas: lineas({ 'PAP-POSTALES-CUENCA': 4 }),
    notas: 'En el mostrador: eran cuatro postales, no cuatro juegos.',
    fin: { ...completado, anulado: 'Se marcaron cuatro juegos en lugar de uno' },
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'CHO-MANABI-70': 2, 'PAP-POSTALES-CUENCA': 1 }),
    notas: 'Pagado con tarjeta: enviar cuando puedan.',
    direccionEnvio: casa,
    metodoEnvio: 'moto',
    contacto: lucia,
    pago: { metodo: 'tarjeta', enElBanco: ['pagar'] },
    fin: pendiente,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'HOG-JABON-AVENA': 2 }),
    notas: 'Pagado con tarjeta y entregado.',
    direccionEnvio: casa,
    pago: { metodo: 'tarjeta', enElBanco: ['pagar'] },
    fin: completado,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'CAF-LOJA-MOLIDO': 4, 'CHO-TAZA-AMARGO': 2 }),
    notas: 'Transferí diez; el resto, el viernes.',
    direccionEnvio: oficina,
    pago: { metodo: 'transferencia', recibido: { referencia: 'MUESTRA-0001', importe: 1_000 } },
    fin: pendiente,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'TEX-LIMPION-LINO': 2 }),
    notas: 'Mejor no: compré los limpiones en la feria.',
    direccionEnvio: casa,
    pago: { metodo: 'tarjeta', enElBanco: ['pagar'] },
    fin: {
      estado: 'Cancelado',
      motivo: 'La clienta se arrepintió; se le devuelve.',
      por: 'operador',
    },
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'HOG-VELA-PALO-SANTO': 3 }),
    notas: 'Pagado con una tarjeta cuyo titular no reconoce el cobro.',
    direccionEnvio: casa,
    pago: { metodo: 'tarjeta', enElBanco: ['pagar', 'disputar'] },
    fin: pendiente,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'HOG-JABON-AVENA': 4 }),
    notas: 'Con un vale que aún no se paga en la caja.',
    direccionEnvio: casa,
    pago: { metodo: 'tarjeta', enElBanco: ['imprimirVale'] },
    fin: pendiente,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'DES-QUINUA-BLANCA': 3, 'DES-CHIFLES-LIMON': 4 }),
    notas: 'Pago al recibir; tendré el efectivo justo.',
    direccionEnvio: casa,
    metodoEnvio: 'moto',
    contacto: lucia,
    pago: { metodo: 'contra-entrega' },
    fin: pendiente,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'PAP-POSTALES-CUENCA': 2, 'PAP-LAPIZ-GRAFITO': 3 }),
    notas: 'Pagado en efectivo al retirar.',
    metodoEnvio: 'retiro',
    contacto: lucia,
    pago: { metodo: 'efectivo', recibido: { referencia: 'CAJA-0001' } },
    fin: completado,
  },
]
