import { rechazar } from '@encargo/service-kit/http/problems'

// What can't be done with an order's money: sentences that a person can act on.

export const pagoPendiente = () =>
  rechazar('pago-pendiente', {
    detail:
      'El pedido se paga antes de salir y aún no está pagado. Espera el pago, regístralo, o pide a un administrador que lo complete con `forzar` y un motivo.',
  })

export const noCobrable = () =>
  rechazar('pedido-no-cobrable', {
    detail:
      'El pedido no admite ese cobro: ya está pagado, terminó, está terminando, o es por más de lo que se debe. Míralo otra vez.',
  })

export const importeExcedido = () =>
  rechazar('importe-excedido', {
    detail: 'Es más de lo que queda de lo que costó el pedido. Míralo y abona menos.',
  })

export const sinAbonar = () =>
  rechazar('transicion-invalida', {
    detail:
      'El pedido está Cancelado, y no se debe nada por él, o está terminando. Míralo otra vez.',
  })

export const sinAsegurar = () =>
  rechazar('transicion-invalida', {
    detail:
      'El pedido ya terminó, está terminando, o sus existencias quedaron libres: no se pueden guardar. Míralo otra vez.',
  })

export const sinMetodoPago = () =>
  rechazar('metodo-pago-no-disponible', {
    detail: 'La tienda no ofrece ese método de pago, o no para este importe. Elige otro.',
  })
