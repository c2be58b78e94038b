import { enDosLenguas } from '../../textos/lenguas.ts'

/** What is said of paying an order. */
export const useTextosPago = enDosLenguas(
  {
    titulo: (numero: number) => `Pago del pedido ${numero}`,
    pago: 'Pago',
    elegir: 'Cómo quieres pagar',
    sinFormas:
      'Ahora mismo no se puede elegir cómo pagar. Haz tu pedido igual: podrás pagarlo después desde su página.',
    noDisponible: 'Esa forma de pago ya no vale para este pedido. Elige otra.',
    despues: 'Te llevaremos a otra página para pagar, y de vuelta.',
    pedirYPagar: (total: string) => `Pedir y pagar ${total}`,
    pagar: (cuanto: string) => `Pagar ${cuanto}`,
    pagarAsi: 'Pagar así',
    otraForma: 'Pagar de otra forma',
    verVale: 'Ver cómo se paga',
    abriendo: 'Preparando el pago…',
    abriendoTexto: 'Tu pedido ya está hecho. Un momento, por favor.',
    verPedido: 'Ver el pedido',
    recibido: (cuanto: string, falta: string) => `Recibimos ${cuanto}. Faltan ${falta}.`,
    referencia: (numero: number) => `Pedido ${numero}`,
    ponReferencia: 'Pon esta referencia, para que sepamos que es tuyo:',
    importe: 'Importe:',
    hasta: (cuando: string) => `Hay tiempo hasta: ${cuando}`,
    unaVez: 'Cuando se paga de una forma, la otra se cierra: no pagas dos veces.',
    sinRespuesta:
      'No pudimos preguntar por tu pago ahora. Si ya pagaste, no pagues otra vez: seguimos mirando y lo verás aquí.',
    sinPagos:
      'Ahora mismo no se puede pagar aquí. Tu pedido sigue en pie: vuelve a esta página en unos minutos.',
    fallo: 'No pudimos preparar el pago',
    falloTexto: 'Tu pedido sigue en pie y no se ha cobrado nada. Inténtalo otra vez.',
    averia:
      'Tu pedido sigue en pie y no se ha cobrado nada. Avisa a la tienda: así no puede cobrar ahora.',
    noCobrable: 'Este pedido no admite ese pago ahora. Aquí ves cómo está.',
    nada: 'Este pedido no tiene nada que pagar aquí.',
    pagado: { titulo: 'Pagado', texto: 'Recibimos tu pago. No tienes que hacer nada más.' },
    autorizado: {
      titulo: 'Pago autorizado',
      texto: 'Tu banco apartó el dinero. Se cobra cuando tu pedido salga.',
    },
    devuelto: {
      titulo: 'Dinero devuelto',
      texto: 'Tu banco puede tardar unos días en mostrarlo.',
    },
    'en-disputa': {
      titulo: 'Pago en disputa',
      texto: 'Tu banco está revisando este pago. Si tienes dudas, habla con la tienda.',
    },
    vencido: {
      titulo: 'Se acabó el tiempo de reserva',
      texto:
        'No pudimos confirmar tu pago a tiempo. Si llega, apartamos tu pedido otra vez; si ya no hay existencias, te devolvemos el dinero. No pagues de nuevo.',
    },
    cancelado: {
      titulo: 'El pedido se canceló',
      texto: 'No lo pagues. Si ya lo habías pagado, te devolvemos el dinero.',
    },
    'de-vuelta': {
      titulo: 'Tu dinero va de vuelta',
      texto: 'Te devolvemos ese importe. Tu banco puede tardar unos días en mostrarlo.',
    },
    'en-proceso': {
      titulo: 'Esperamos la confirmación de tu pago',
      texto:
        'Si te dieron un vale, págalo antes de que venza. Si pagaste por tu banco, puede tardar un poco. Esta página mira por sí sola.',
    },
    'a-mano': { titulo: 'Falta tu pago', texto: '' },
    'a-la-entrega': { titulo: 'Pagas al recibirlo', texto: '' },
    rechazado: { titulo: 'El pago no se aceptó', texto: '' },
    abierto: {
      titulo: 'Todavía no vemos tu pago',
      texto: 'Si acabas de pagar, espera un momento: esta página mira por sí sola.',
    },
    terminado: {
      titulo: 'El pago no se completó',
      texto: 'No se cobró nada. Puedes pagar otra vez.',
    },
    'sin-pagar': { titulo: 'Falta pagar', texto: '' },
    'por-elegir': { titulo: 'Falta pagar', texto: '' },
    causas: {
      vencido: 'Se acabó el tiempo para pagar. No se cobró nada; puedes pagar otra vez.',
      anulado: 'Ese pago se anuló. No se cobró nada; puedes pagar otra vez.',
      abandonado: 'Ese pago no llegó a empezar. No se cobró nada; puedes pagar otra vez.',
      rechazado: 'Ese pago no se aceptó. No se cobró nada; puedes pagar otra vez.',
      'no-cobrable': 'Ese pago no se pudo empezar. No se cobró nada; puedes probar otra vez.',
    },
    porqueNo: {
      fondos: 'No hay fondos suficientes. Puedes pagar con otra tarjeta.',
      datos: 'Algún dato de la tarjeta no coincide. Revísalo y paga otra vez.',
      caducada: 'La tarjeta está caducada, o se acabó el tiempo. Puedes pagar otra vez.',
      banco: 'Tu banco pide que lo confirmes con él. Después, paga otra vez.',
      otro: 'El banco no aceptó el pago. Puedes pagar otra vez, o de otra forma.',
    },
    sinLlave: {
      titulo: 'Tu pago',
      texto:
        'Para ver cómo va, entra en tu cuenta. Si compraste sin cuenta, abre el enlace de tu pedido que te enviamos por correo.',
      entrar: 'Entrar',
    },
  },
  {
    titulo: (numero) => `Payment for order ${numero}`,
    pago: 'Payment',
    elegir: 'How would you like to pay?',
    sinFormas:
      'Payment options aren’t available right now. You can still place your order and pay later from its page.',
    noDisponible: 'This payment method is no longer available for this order. Choose another one.',
    despues: 'We’ll take you to another page to pay, then bring you back.',
    pedirYPagar: (total) => `Place order and pay ${total}`,
    pagar: (cuanto) => `Pay ${cuanto}`,
    pagarAsi: 'Pay this way',
    otraForma: 'Pay another way',
    verVale: 'How to pay',
    abriendo: 'Preparing your payment…',
    abriendoTexto: 'Your order has been placed. One moment, please.',
    verPedido: 'View order',
    recibido: (cuanto, falta) => `We received ${cuanto}. ${falta} is still due.`,
    referencia: (numero) => `Order ${numero}`,
    ponReferencia: 'Include this reference so we know it’s yours:',
    importe: 'Amount:',
    hasta: (cuando) => `Pay by: ${cuando}`,
    unaVez: 'Once one payment goes through, the other is closed. You won’t pay twice.',
    sinRespuesta:
      'We couldn’t check your payment just now. If you’ve already paid, don’t pay again: we’ll keep checking and show it here.',
    sinPagos:
      'You can’t pay here right now. Your order is safe: come back to this page in a few minutes.',
    fallo: 'We couldn’t start the payment',
    falloTexto: 'Your order is safe and nothing was charged. Please try again.',
    averia:
      'Your order is safe and nothing was charged. Please tell the shop: it can’t take payments this way.',
    noCobrable: 'This order can’t be paid that way right now. Here’s where it stands.',
    nada: 'There’s nothing to pay here for this order.',
    pagado: { titulo: 'Paid', texto: 'We received your payment. There’s nothing else to do.' },
    autorizado: {
      titulo: 'Payment authorized',
      texto: 'Your bank set the money aside. You’ll be charged when your order leaves the shop.',
    },
    devuelto: { titulo: 'Refunded', texto: 'Your bank may take a few days to show it.' },
    'en-disputa': {
      titulo: 'Payment disputed',
      texto: 'Your bank is reviewing this payment. If you have questions, contact the shop.',
    },
    vencido: {
      titulo: 'Your reservation ran out',
      texto:
        'We couldn’t confirm your payment in time. If it arrives, we’ll reserve your items again; if they’re sold out, we’ll refund you. Don’t pay again.',
    },
    cancelado: {
      titulo: 'This order was cancelled',
      texto: 'Don’t pay for it. If you already did, we’ll refund you.',
    },
    'de-vuelta': {
      titulo: 'Your refund is on its way',
      texto: 'We’re refunding that amount. Your bank may take a few days to show it.',
    },
    'en-proceso': {
      titulo: 'Waiting for your payment to be confirmed',
      texto:
        'If you got a voucher, pay it before it expires. If you paid through your bank, it may take a while. This page updates by itself.',
    },
    'a-mano': { titulo: 'Payment due', texto: '' },
    'a-la-entrega': { titulo: 'Pay on delivery', texto: '' },
    rechazado: { titulo: 'Your payment was declined', texto: '' },
    abierto: {
      titulo: 'We don’t see your payment yet',
      texto: 'If you’ve just paid, wait a moment: this page updates by itself.',
    },
    terminado: {
      titulo: 'The payment wasn’t completed',
      texto: 'Nothing was charged. You can pay again.',
    },
    'sin-pagar': { titulo: 'Payment due', texto: '' },
    'por-elegir': { titulo: 'Payment due', texto: '' },
    causas: {
      vencido: 'The time to pay ran out. Nothing was charged; you can pay again.',
      anulado: 'That payment was voided. Nothing was charged; you can pay again.',
      abandonado: 'That payment never started. Nothing was charged; you can pay again.',
      rechazado: 'That payment was declined. Nothing was charged; you can pay again.',
      'no-cobrable': 'That payment couldn’t be started. Nothing was charged; you can try again.',
    },
    porqueNo: {
      fondos: 'Insufficient funds. You can pay with another card.',
      datos: 'Some card details don’t match. Check them and pay again.',
      caducada: 'The card has expired, or the time ran out. You can pay again.',
      banco: 'Your bank wants you to confirm this with them first. Then pay again.',
      otro: 'The bank declined the payment. You can pay again, or another way.',
    },
    sinLlave: {
      titulo: 'Your payment',
      texto:
        'Sign in to see how it’s going. If you bought without an account, open the link to your order that we emailed you.',
      entrar: 'Sign in',
    },
  },
)
