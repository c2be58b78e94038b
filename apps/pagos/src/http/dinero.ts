import { decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import { limitePorDefecto, Uuid } from '@encargo/service-kit/http/schemas'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import { contarYa } from '../app/contar.ts'
import { cuando, graciaMs } from '../app/deps.ts'
import type { CasosDeUso } from '../app/index.ts'
import * as deberes from '../domain/deberes.ts'
import { autorDe } from './autor.ts'
import {
  CierreReembolso,
  ConCobro,
  ConReembolso,
  ConsultaReembolsos,
  EstadoDeReembolso,
  PaginaReembolsos,
  PeticionReembolso,
  ReembolsoVisto,
} from './cobros-schemas.ts'
import { verEstado, verReembolso } from './cobros-views.ts'
import { referenciaRepetida, sinCobro } from './refusals.ts'

const tags = ['dinero']
const pedido = {
  200: EstadoDeReembolso,
  201: EstadoDeReembolso,
  ...rechazos('no-encontrado', 'importe-excedido', 'reembolso-distinto'),
}
const cerrado = {
  200: ReembolsoVisto,
  ...rechazos('no-encontrado', 'cobro-no-admite', 'referencia-repetida'),
}
const Lugar = Type.Tuple([Type.Integer(), Uuid])

/** Money that goes back: what orders want given back, and what people gave back by hand. */
export const dineroRoutes = (base: ReturnType<typeof service>, { deps, cumplidor }: CasosDeUso) =>
  new Elysia({ ...appOptions })
    .use(base)
    .put(
      '/cobros/:id/reembolsos/:reembolsoId',
      async ({ params: { id: cobroId, reembolsoId: id }, body, call }) => {
        const { ahora, traza } = cuando(deps, call)
        const proximaEn = ahora + graciaMs
        const nuevo = { id, cobroId, ...body, ahora, traza, proximaEn }
        const hecho = await deps.store.pedir(nuevo)
        switch (hecho.tipo) {
          case 'no-encontrado':
            return sinCobro()
          case 'distinto':
            return rechazar('reembolso-distinto', {
              detail: 'Ese reembolso ya se pidió de otro cobro o por otro importe. Usa otro id.',
            })
          case 'excedido':
            return rechazar('importe-excedido', {
              detail: `De ese cobro quedan por devolver ${hecho.queda}, en la unidad menor.`,
            })
          case 'repetido':
            return status(200, verEstado(hecho.reembolso))
          case 'creado': {
            const cobro = await deps.store.cobro(cobroId)
            if (cobro && hecho.reembolso.estado === 'por-enviar') {
              const tipo = deberes.reembolsar(cobro.proveedor)
              // What fails is owed.
              const deuda = { tipo, clave: id, datos: {}, intentos: 0 }
              await cumplidor.fulfil(deuda, call).catch(() => undefined)
            }
            return status(201, verEstado((await deps.store.reembolso(id)) ?? hecho.reembolso))
          }
        }
      },
      {
        acceso: 'reembolsar',
        params: ConReembolso,
        body: PeticionReembolso,
        response: pedido,
        detail: {
          tags,
          summary: 'Devolver dinero de un cobro',
          description:
            'Una vez para cada id: 201 la primera, 200 después. Si el proveedor no responde se sigue intentando; lo que no hace en tres días queda `fallido`, para que una persona lo devuelva a mano. De lo cobrado a mano, queda `enviado` hasta que una persona diga que lo devolvió.',
        },
      },
    )
    .patch(
      '/reembolsos/:id',
      async ({ params, body, identidad, request, call }) => {
        const { ahora, traza } = cuando(deps, call)
        const por = { ...autorDe(identidad, request), ahora }
        const { referencia } = body
        const hecho = await deps.store.cerrarReembolso({
          id: params.id,
          referencia,
          por,
          ahora,
          traza,
        })
        switch (hecho.tipo) {
          case 'hecho': {
            const cobro = await deps.store.cobro(hecho.reembolso.cobroId)
            if (cobro) await contarYa(cumplidor, cobro, call)
            return verReembolso(hecho.reembolso)
          }
          case 'no-encontrado':
            return rechazar('no-encontrado', { detail: 'Ese reembolso no existe.' })
          case 'en-camino':
            return rechazar('cobro-no-admite', {
              detail: 'Ese reembolso lo hace el proveedor, o ya está hecho. Mira su estado.',
            })
          case 'referencia-repetida':
            return referenciaRepetida()
        }
      },
      {
        acceso: 'personal',
        params: ConCobro,
        body: CierreReembolso,
        response: cerrado,
        detail: {
          tags,
          summary: 'Decir que un reembolso se hizo a mano',
          description:
            'De lo que se cobró a mano, y de lo que el proveedor no quiso devolver (`fallido`). Repetirlo con la misma `referencia` responde lo mismo.',
        },
      },
    )
    .get(
      '/reembolsos',
      async ({ query: { estado, cursor, limite = limitePorDefecto } }) => {
        const despuesDe = cursor === undefined ? undefined : decodeCursor(Lugar, cursor)
        const reembolsos = await deps.store.reembolsos({ estado, despuesDe, limite })
        return toPagina(reembolsos, limite, verReembolso, ({ desde, id }) => [desde, id])
      },
      {
        acceso: 'personal',
        query: ConsultaReembolsos,
        response: { 200: PaginaReembolsos, ...rechazos() },
        detail: {
          tags,
          summary: 'Los reembolsos en un estado, del más antiguo al más nuevo',
          description:
            '`fallido`: los que el proveedor no hizo y alguien tiene que devolver a mano. `enviado`: en camino, o por hacer a mano si se cobró a mano.',
        },
      },
    )
