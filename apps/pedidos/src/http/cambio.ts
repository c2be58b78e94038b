import { appOptions, type service } from '@encargo/service-kit/http/service'
import { ConId, ConIfMatch, fieldProblem } from '@encargo/service-kit/http/schemas'
import { etag, ifMatchAllows } from '@encargo/service-kit/http/versions'
import { rechazos, retryAfter } from '@encargo/service-kit/http/problems'
import type { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import { Elysia } from 'elysia'
import { type Cambio, cambiar } from '../app/cambiar.ts'
import type { Deps } from '../app/deps.ts'
import type { Pedido } from '../domain/pedido.ts'
import { propositoDe, puede } from '../domain/transiciones.ts'
import { autorDe } from './autor.ts'
import { esAdmin, puedeCompletar, quienEs } from './quien.ts'
import { pagoPendiente } from './refusals-dinero.ts'
import {
  porTerminar,
  sinPedido,
  soloAdmin,
  soloPersonal,
  transicionInvalida,
  versionDistinta,
} from './refusals.ts'
import { CambioPedido, PedidoVisto } from './schemas.ts'
import { verPedido } from './views.ts'

/** What is told of a change that was made, in the form of whoever asked, or why it was not. */
export function contarCambio<V>(
  cambio: Cambio,
  headers: Record<string, unknown>,
  ver: (pedido: Pedido) => V,
) {
  switch (cambio.tipo) {
    case 'hecho':
      headers['etag'] = etag(cambio.pedido.version)
      return ver(cambio.pedido)
    case 'no-encontrado':
      return sinPedido()
    case 'version-distinta':
      return versionDistinta()
    case 'transicion-invalida':
      return transicionInvalida(cambio.estado)
    case 'pago-pendiente':
      return pagoPendiente()
    case 'por-terminar':
      Object.assign(headers, retryAfter(cambio.retryAfterMs))
      return porTerminar()
  }
}

const respuestas = {
  200: PedidoVisto,
  ...rechazos(
    'prohibido',
    'no-encontrado',
    'transicion-invalida',
    'pago-pendiente',
    'version-distinta',
  ),
}

const queSolo = {
  Completado: 'Completar un pedido',
  Cancelado: 'Cancelar un pedido de otra persona',
} as const

/** Completing and cancelling. */
export const cambioRoutes = (base: ReturnType<typeof service>, deps: Deps, cumplidor: Fulfiller) =>
  new Elysia({ ...appOptions }).use(base).patch(
    '/pedidos/:id',
    async ({ params, body, headers, identidad, request, call, set }) => {
      const { estado, motivo, forzar = false } = body
      if (estado === 'Completado' && motivo !== undefined && !forzar) {
        throw fieldProblem('motivo', 'solo se admite al cancelar, o con forzar')
      }
      if (forzar) {
        if (estado !== 'Completado') throw fieldProblem('forzar', 'solo se admite al completar')
        if (motivo === undefined) throw fieldProblem('motivo', 'hace falta para forzar')
        if (!esAdmin(identidad)) return soloAdmin('Completar un pedido sin su pago')
      }
      if (!puede(quienEs(identidad), propositoDe[estado])) return soloPersonal(queSolo[estado])
      const peticion = {
        id: params.id,
        actor: identidad.id,
        estado,
        motivo: motivo ?? null,
        forzado: forzar ? autorDe(identidad, request) : undefined,
        ve: (pedido: { clienteId: string }) =>
          puedeCompletar(identidad) || pedido.clienteId === identidad.id,
        admite: (version: number) => ifMatchAllows(headers['if-match'], version),
      }
      const cambio = await cambiar(deps, cumplidor, peticion, call)
      return contarCambio(cambio, set.headers, verPedido)
    },
    {
      acceso: 'cambiar-pedido',
      params: ConId,
      headers: ConIfMatch,
      body: CambioPedido,
      response: respuestas,
      detail: {
        tags: ['pedidos'],
        summary: 'Completar o cancelar un pedido',
        description:
          'Completado: el personal o una cuenta de servicio con `pedidos:completar`. Cancelado: su dueño o el personal. Uno que se paga antes de salir y no está pagado responde 409 `pago-pendiente`; un administrador puede completarlo con `forzar` y un `motivo`. Pedir otra vez lo que ya pasó responde 200 y no cambia nada. Si inventario no responde, 503: el cambio queda anotado y se termina solo.',
      },
    },
  )
