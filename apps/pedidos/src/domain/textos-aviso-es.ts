import { nombresDocumento } from '@encargo/service-kit/values/documentos'
import type { Lengua } from './textos-aviso.ts'

const en = (tienda: string | null) => (tienda === null ? '' : ` en ${tienda}`)
const vuelve = (devuelto: string | null) =>
  devuelto === null
    ? []
    : [`Lo que pagaste, ${devuelto}, vuelve por donde lo pagaste. Puede tardar unos días en verse.`]
const porque = (motivo: string | null) => (motivo === null ? [] : [`Motivo: ${motivo}`])

export const spanish: Lengua = {
  mensajes: {
    recibido: {
      asunto: ({ numero, tienda, enMostrador }) =>
        enMostrador
          ? `Tu compra ${numero}${en(tienda)}`
          : `Recibimos tu pedido ${numero}${en(tienda)}`,
      parrafos: ({ numero, enMostrador }) => [
        'Hola:',
        enMostrador
          ? `Gracias por tu compra. Este es el detalle del pedido ${numero}; no es una factura.`
          : `Gracias por tu pedido. Es el número ${numero}, y esto es lo que pediste:`,
      ],
    },
    instrucciones: {
      asunto: ({ numero, tienda }) => `Cómo pagar tu pedido ${numero}${en(tienda)}`,
      parrafos: ({ numero, total, porPagar, instrucciones, vence }) => [
        'Hola:',
        porPagar === total
          ? `El total de tu pedido ${numero} es ${total}. Así puedes pagarlo:`
          : `De tu pedido ${numero} faltan por pagar ${porPagar}. Así puedes pagarlo:`,
        instrucciones,
        `Si pagas por transferencia, pon ${numero} como referencia: es el número de tu pedido.`,
        ...(vence === null
          ? []
          : [`Guardamos tus unidades hasta el ${vence}; después el pedido se cancela solo.`]),
      ],
    },
    listo: {
      asunto: ({ numero, tienda }) => `Tu pedido ${numero} está listo para retirar${en(tienda)}`,
      parrafos: ({ numero, vence }) => [
        'Hola:',
        vence === null
          ? `Tu pedido ${numero} está listo. Para retirarlo, di su número en el mostrador.`
          : `Tu pedido ${numero} está listo. Retíralo hasta el ${vence}; di su número en el mostrador.`,
      ],
    },
    enviado: {
      asunto: ({ numero }) => `Tu pedido ${numero} va en camino`,
      parrafos: ({ numero, plazoDias }) => [
        'Hola:',
        `Tu pedido ${numero} salió de la tienda.`,
        ...(plazoDias === null
          ? []
          : [`Suele llegar en ${plazoDias} ${plazoDias === 1 ? 'día' : 'días'}.`]),
      ],
    },
    entregado: {
      asunto: ({ numero }) => `Entregamos tu pedido ${numero}`,
      parrafos: ({ numero }) => ['Hola:', `Entregamos tu pedido ${numero}. Gracias por tu compra.`],
    },
    cancelado: {
      asunto: ({ numero, tienda }) => `Tu pedido ${numero}${en(tienda)} se canceló`,
      parrafos: ({ numero, motivo, caducado, devuelto }) => [
        'Hola:',
        `Tu pedido ${numero} se canceló, y sus unidades quedaron libres para otras personas.`,
        ...(caducado ? ['Se acabó el tiempo por el que las guardamos.'] : porque(motivo)),
        ...vuelve(devuelto),
      ],
    },
    'por-vencer': {
      asunto: ({ numero }) => `Tu pedido ${numero} se cancelará pronto`,
      parrafos: ({ numero, vence }) => [
        'Hola:',
        `Guardamos las unidades de tu pedido ${numero} hasta el ${vence ?? ''}. Después se cancela solo.`,
        'Si ya lo pagaste o lo vas a retirar, escríbenos y lo guardamos por más tiempo.',
      ],
    },
    anulado: {
      asunto: ({ numero, tienda }) => `Tu compra ${numero}${en(tienda)} se anuló`,
      parrafos: ({ numero, total, devuelto }) => [
        'Hola:',
        ...(devuelto === null
          ? [`Anulamos la compra ${numero}, de ${total}. Si ya la pagaste, escríbenos.`]
          : [`Anulamos la compra ${numero}, de ${total}.`, ...vuelve(devuelto)]),
      ],
    },
    pagado: {
      asunto: ({ numero, tienda }) => `Recibimos el pago de tu pedido ${numero}${en(tienda)}`,
      parrafos: ({ numero, cobrado }) => [
        'Hola:',
        `Recibimos ${cobrado} por tu pedido ${numero}: está pagado. Te escribiremos cuando haya novedades.`,
      ],
    },
    reembolso: {
      asunto: ({ numero, importe }) => `Te devolvimos ${importe} de tu pedido ${numero}`,
      parrafos: ({ numero, importe }) => [
        'Hola:',
        `Devolvimos ${importe} de tu pedido ${numero}, por donde lo pagaste. Puede tardar días en verse.`,
      ],
    },
    'pedido-nuevo': {
      asunto: ({ numero, total }) => `Pedido ${numero}: ${total}`,
      parrafos: ({ numero, vence }) => [
        vence === null
          ? `Hay un pedido nuevo, el ${numero}.`
          : `Hay un pedido nuevo, el ${numero}. Sus unidades se guardan hasta el ${vence}.`,
      ],
    },
    disputa: {
      asunto: ({ numero, importe }) => `Disputa del pedido ${numero}: ${importe}`,
      parrafos: ({ numero, importe }) => [
        `El banco de quien pagó el pedido ${numero} reclama ${importe}, que ya no está en tus manos.`,
        'Se responde en el panel del proveedor de pagos, y antes del plazo que diga allí: si no, se pierde.',
      ],
    },
    'devolucion-fallida': {
      asunto: ({ numero, importe }) => `No se pudo devolver ${importe} del pedido ${numero}`,
      parrafos: ({ numero, importe }) => [
        `El proveedor de pagos no devolvió ${importe} del pedido ${numero}. Nada más lo intenta solo.`,
        'Devuélvelo de otra manera y anótalo en el pedido, con la referencia.',
      ],
    },
    'existencia-baja': {
      asunto: ({ cuantas }) =>
        cuantas === 1 ? 'Queda poco de un producto' : `Queda poco de ${cuantas} productos`,
      parrafos: () => ['De estos productos queda menos de lo que dijiste que hacía falta:'],
    },
  },
  subtotal: 'Subtotal',
  descuento: (cupon) => (cupon === null ? 'Descuento' : `Descuento (${cupon})`),
  envio: 'Envío',
  impuesto: (tasa) => `Impuesto incluido (${tasa})`,
  total: 'Total',
  entrega: 'Se envía a',
  retiro: 'Se retira en la tienda',
  factura: 'Factura a nombre de',
  documentos: nombresDocumento.es,
  contacto: 'Contacto',
  verPedido: 'Ver el pedido',
  verEnGestion: 'Abrirlo en la gestión',
  quedan: (cuantas) => `quedan ${cuantas}`,
}
