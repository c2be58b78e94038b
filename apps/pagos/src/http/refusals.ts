import { problemError, rechazar } from '@encargo/service-kit/http/problems'

// Refusals that several routes share.

export const sinCobro = () =>
  rechazar('no-encontrado', { detail: 'Ese cobro no existe, o no es tuyo.' })

export const sinPedido = () =>
  rechazar('no-encontrado', { detail: 'Ese pedido no existe, o no es tuyo.' })

export const noCobrable = () =>
  rechazar('pedido-no-cobrable', {
    detail: 'Ese pedido no debe nada que se pueda cobrar ahora. Míralo otra vez.',
  })

export const claveDistinta = () =>
  rechazar('idempotencia-distinta', {
    detail: 'Esa Idempotency-Key ya se usó con otra petición. Usa una clave nueva.',
  })

export const referenciaRepetida = () =>
  rechazar('referencia-repetida', {
    detail: 'Con esa referencia ya hay otro dinero anotado. Mira si es el mismo, o usa otra.',
  })

export const soloPersonal = (que: string) =>
  rechazar('prohibido', { detail: `${que} es solo para el personal de la tienda.` })

export const sinIdentificar = () =>
  problemError(
    'no-autenticado',
    {
      detail: 'Envía Authorization: Bearer con un token de acceso, o el `seguimiento` del pedido.',
    },
    { 'www-authenticate': 'Bearer' },
  )
