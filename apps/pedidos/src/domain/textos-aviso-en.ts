import { nombresDocumento } from '@encargo/service-kit/values/documentos'
import type { Lengua } from './textos-aviso.ts'

const at = (tienda: string | null) => (tienda === null ? '' : ` at ${tienda}`)
const comesBack = (devuelto: string | null) =>
  devuelto === null
    ? []
    : [
        `What you paid, ${devuelto}, goes back the way it came. With some banks that takes days to show.`,
      ]
const because = (motivo: string | null) => (motivo === null ? [] : [`Reason: ${motivo}`])

export const english: Lengua = {
  mensajes: {
    recibido: {
      asunto: ({ numero, tienda, enMostrador }) =>
        enMostrador
          ? `Your purchase ${numero}${at(tienda)}`
          : `We have your order ${numero}${at(tienda)}`,
      parrafos: ({ numero, enMostrador }) => [
        'Hello,',
        enMostrador
          ? `Thank you for your purchase. These are the details of order ${numero}; it is not an invoice.`
          : `Thank you for your order. Its number is ${numero}, and this is what you ordered:`,
      ],
    },
    instrucciones: {
      asunto: ({ numero, tienda }) => `How to pay for your order ${numero}${at(tienda)}`,
      parrafos: ({ numero, total, porPagar, instrucciones, vence }) => [
        'Hello,',
        porPagar === total
          ? `The total of your order ${numero} is ${total}. This is how you can pay:`
          : `Of your order ${numero} ${porPagar} are still to be paid. This is how you can pay:`,
        instrucciones,
        `If you pay by bank transfer, give ${numero} as its reference: it is the number of your order.`,
        ...(vence === null
          ? []
          : [`We keep your items until ${vence}; then the order is cancelled by itself.`]),
      ],
    },
    listo: {
      asunto: ({ numero, tienda }) => `Your order ${numero} is ready to collect${at(tienda)}`,
      parrafos: ({ numero, vence }) => [
        'Hello,',
        vence === null
          ? `Your order ${numero} is ready. To collect it, say its number at the counter.`
          : `Your order ${numero} is ready. Collect it until ${vence}; say its number at the counter.`,
      ],
    },
    enviado: {
      asunto: ({ numero }) => `Your order ${numero} is on its way`,
      parrafos: ({ numero, plazoDias }) => [
        'Hello,',
        `Your order ${numero} has left the shop.`,
        ...(plazoDias === null
          ? []
          : [`It usually arrives within ${plazoDias} ${plazoDias === 1 ? 'day' : 'days'}.`]),
      ],
    },
    entregado: {
      asunto: ({ numero }) => `We have handed over your order ${numero}`,
      parrafos: ({ numero }) => [
        'Hello,',
        `We have handed over your order ${numero}. Thank you for your purchase.`,
      ],
    },
    cancelado: {
      asunto: ({ numero, tienda }) => `Your order ${numero}${at(tienda)} was cancelled`,
      parrafos: ({ numero, motivo, caducado, devuelto }) => [
        'Hello,',
        `Your order ${numero} was cancelled, and its items are free for others.`,
        ...(caducado ? ['The time for which we kept them is over.'] : because(motivo)),
        ...comesBack(devuelto),
      ],
    },
    'por-vencer': {
      asunto: ({ numero }) => `Your order ${numero} will soon be cancelled`,
      parrafos: ({ numero, vence }) => [
        'Hello,',
        `We keep the items of your order ${numero} until ${vence ?? ''}. Then it is cancelled by itself.`,
        'If you have paid for it, or are about to collect it, write to us and we keep it for longer.',
      ],
    },
    anulado: {
      asunto: ({ numero, tienda }) => `Your purchase ${numero}${at(tienda)} was voided`,
      parrafos: ({ numero, total, devuelto }) => [
        'Hello,',
        ...(devuelto === null
          ? [`We voided purchase ${numero}, of ${total}. If you have paid for it, write to us.`]
          : [`We voided purchase ${numero}, of ${total}.`, ...comesBack(devuelto)]),
      ],
    },
    pagado: {
      asunto: ({ numero, tienda }) => `We have the payment of your order ${numero}${at(tienda)}`,
      parrafos: ({ numero, cobrado }) => [
        'Hello,',
        `We received ${cobrado} for your order ${numero}: it is paid. We write when there is news.`,
      ],
    },
    reembolso: {
      asunto: ({ numero, importe }) => `We gave back ${importe} of your order ${numero}`,
      parrafos: ({ numero, importe }) => [
        'Hello,',
        `We gave back ${importe} of your order ${numero}, the way it came.`,
        'With some banks that takes days to show.',
      ],
    },
    'pedido-nuevo': {
      asunto: ({ numero, total }) => `Order ${numero}: ${total}`,
      parrafos: ({ numero, vence }) => [
        vence === null
          ? `There is a new order, number ${numero}.`
          : `There is a new order, number ${numero}. Its items are kept until ${vence}.`,
      ],
    },
    disputa: {
      asunto: ({ numero, importe }) => `Dispute of order ${numero}: ${importe}`,
      parrafos: ({ numero, importe }) => [
        `The bank of whoever paid order ${numero} claims ${importe}. Meanwhile that is not in your hands.`,
        'Answer in the dashboard of the payment provider, by the day it gives there: or else it is lost.',
      ],
    },
    'devolucion-fallida': {
      asunto: ({ numero, importe }) => `${importe} of order ${numero} could not be given back`,
      parrafos: ({ numero, importe }) => [
        `The payment provider did not give back ${importe} of order ${numero}. Nothing else tries it.`,
        'Give it back in another way, and note that in the order, with its reference.',
      ],
    },
    'existencia-baja': {
      asunto: ({ cuantas }) =>
        cuantas === 1 ? 'One product is running low' : `${cuantas} products are running low`,
      parrafos: () => ['Of these products there is less than you said is needed:'],
    },
  },
  subtotal: 'Subtotal',
  descuento: (cupon) => (cupon === null ? 'Discount' : `Discount (${cupon})`),
  envio: 'Shipping',
  impuesto: (tasa) => `Tax included (${tasa})`,
  total: 'Total',
  entrega: 'Sent to',
  retiro: 'Collected at the shop',
  factura: 'Invoiced to',
  documentos: nombresDocumento.en,
  contacto: 'Contact',
  verPedido: 'See the order',
  verEnGestion: 'Open it in the back office',
  quedan: (cuantas) => `${cuantas} left`,
}
