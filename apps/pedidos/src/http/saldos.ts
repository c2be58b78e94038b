import { ConIdempotencyKey } from '@encargo/service-kit/http/idempotency'
import { decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import { rechazos, retryAfter } from '@encargo/service-kit/http/problems'
import { ConId, limitePorDefecto } from '@encargo/service-kit/http/schemas'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { etag } from '@encargo/service-kit/http/versions'
import type { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import { abonar } from '../app/abonar.ts'
import { asegurar } from '../app/asegurar.ts'
import type { Deps } from '../app/deps.ts'
import { AbonoNuevo, ConsultaSaldos, PaginaSaldos } from './cobros-schemas.ts'
import { importeExcedido, sinAbonar, sinAsegurar } from './refusals-dinero.ts'
import { claveDistinta, porTerminar, sinPedido } from './refusals.ts'
import { PedidoVisto } from './schemas.ts'
import { verPedido, verSaldo } from './views.ts'

const tags = ['cobros']
const lista = { 200: PaginaSaldos, ...rechazos() }
const asegurado = { 200: PedidoVisto, ...rechazos('no-encontrado', 'transicion-invalida') }
const abonado = {
  201: PedidoVisto,
  ...rechazos('no-encontrado', 'importe-excedido', 'transicion-invalida', 'idempotencia-distinta'),
}
const Lugar = Type.Tuple([Type.String(), Type.Integer({ minimum: 0 })])

/** What staff do about orders' money, and which orders they have to look at. */
export const saldosRoutes = (base: ReturnType<typeof service>, deps: Deps, cumplidor: Fulfiller) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/saldos',
      async ({ query: { asunto, cursor, limite = limitePorDefecto } }) => {
        const lugar = cursor === undefined ? undefined : decodeCursor(Lugar, cursor)
        const despuesDe = lugar && { asunto: lugar[0], numero: lugar[1] }
        const pedidos = await deps.store.saldos({ asunto, despuesDe, limite: limite + 1 })
        return toPagina(pedidos, limite, verSaldo, ({ cobranza, numero }) => [
          cobranza?.asunto ?? '',
          numero,
        ])
      },
      {
        acceso: 'personal',
        query: ConsultaSaldos,
        response: lista,
        detail: {
          tags,
          summary: 'Los pedidos cuyo dinero hay que mirar',
          description:
            'Para el personal, por asunto y número: `por-cobrar`, `por-devolver`, `devolucion-fallida` (devolver a mano), `en-disputa`, `vencido` (sus existencias quedaron libres y aún puede llegar el pago) y `por-asegurar` (se paga al entregar y nadie lo ha aceptado aún).',
        },
      },
    )
    .post(
      '/pedidos/:id/asegurar',
      async ({ params, identidad, call, set }) => {
        const hecho = await asegurar(deps, cumplidor, { id: params.id, actor: identidad.id }, call)
        switch (hecho.tipo) {
          case 'hecho':
            set.headers.etag = etag(hecho.pedido.version)
            return verPedido(hecho.pedido)
          case 'no-encontrado':
            return sinPedido()
          case 'terminado':
            return sinAsegurar()
          case 'por-terminar':
            Object.assign(set.headers, retryAfter(hecho.retryAfterMs))
            return porTerminar()
        }
      },
      {
        acceso: 'personal',
        params: ConId,
        response: asegurado,
        detail: {
          tags,
          summary: 'Guardar sin plazo las existencias de un pedido',
          description:
            'Por ejemplo, el que se paga al entregar, una vez aceptado: `apartado` pasa a `firme` y ningún reloj lo cancela. Repetirlo responde 200 y no cambia nada. Si terminó o sus existencias ya quedaron libres, 409.',
        },
      },
    )
    .post(
      '/pedidos/:id/abonos',
      async ({ params, body, headers, identidad, call, set }) => {
        const { importe, causa = 'cortesia', motivo } = body
        const clave = headers['idempotency-key']
        const que = { pedidoId: params.id, importe, causa, motivo, actor: identidad.id, clave }
        const hecho = await abonar(deps, que, call)
        switch (hecho.tipo) {
          case 'hecho':
            if (hecho.repetido) set.headers['idempotency-replayed'] = 'true'
            set.headers.etag = etag(hecho.pedido.version)
            return status(201, verPedido(hecho.pedido))
          case 'no-encontrado':
            return sinPedido()
          case 'excesivo':
            return importeExcedido()
          case 'terminado':
            return sinAbonar()
          case 'distinto':
            return claveDistinta()
        }
      },
      {
        acceso: 'personal',
        params: ConId,
        headers: ConIdempotencyKey,
        body: AbonoNuevo,
        response: abonado,
        detail: {
          tags,
          summary: 'Abonar parte de un pedido',
          description:
            'Baja lo que se debe por él; lo que ya se cobró de más se devuelve solo si el método lo permite. Con `causa: contracargo` se da por perdido lo que un banco se llevó. No más de lo que queda: 409 `importe-excedido`.',
        },
      },
    )
