import { momentoDe } from '@encargo/service-kit/http/moments'
import { rechazos } from '@encargo/service-kit/http/problems'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import type { CobroDicho as CuerpoCobro } from '@encargo/service-kit/values/cobro-dicho'
import { Elysia } from 'elysia'
import { cobrar } from '../app/cobrar.ts'
import type { Deps } from '../app/deps.ts'
import { plazoDe } from '../domain/cobranza/de-pedido.ts'
import type { CobroDicho as Cobro } from '../ports/cobranza.ts'
import { CobroContado, CobroDicho, ConCobro } from './cobros-schemas.ts'
import { noCobrable } from './refusals-dinero.ts'
import { sinPedido } from './refusals.ts'

const respuestas = { 200: CobroContado, ...rechazos('no-encontrado', 'pedido-no-cobrable') }

const momento = (campo: string, texto: string | undefined) =>
  texto === undefined ? undefined : momentoDe(campo, texto)

/** @throws ProblemError 422 for what is in no calendar */
function aCobro(id: string, body: CuerpoCobro): Cobro {
  const { apartarHasta: _, causa = null, disputa = null, movimientos, ...igual } = body
  return {
    ...igual,
    id,
    causa,
    disputa,
    expiraEn: momento('expiraEn', body.expiraEn) ?? null,
    movimientos: movimientos.map((uno, n) => {
      return { ...uno, en: momentoDe(`movimientos.${n}.en`, uno.en) }
    }),
  }
}

/** What pagos tells. */
export const cobrosRoutes = (base: ReturnType<typeof service>, deps: Deps) =>
  new Elysia({ ...appOptions }).use(base).put(
    '/pedidos/:id/cobros/:cobroId',
    async ({ params, body, call }) => {
      const cobro = aCobro(params.cobroId, body)
      const apartarHasta = momento('apartarHasta', body.apartarHasta)
      const cobrado = await cobrar(deps, { pedidoId: params.id, cobro, apartarHasta }, call)
      switch (cobrado.tipo) {
        case 'no-encontrado':
          return sinPedido()
        case 'no-cobrable':
          return noCobrable()
        case 'hecho': {
          const { pedido, ordenes } = cobrado
          const sabido = pedido.cobranza?.cobros.find(({ id }) => id === cobro.id)
          const hasta = pedido.estado === 'Pendiente' ? plazoDe(pedido) : null
          return {
            version: sabido?.version ?? cobro.version,
            apartadoHasta: hasta === null ? null : new Date(hasta).toISOString(),
            ordenes: [...ordenes],
          }
        }
      }
    },
    {
      acceso: 'cobrar-pedido',
      params: ConCobro,
      body: CobroDicho,
      response: respuestas,
      detail: {
        tags: ['cobros'],
        summary: 'Contar cómo está un cobro',
        description:
          'Para el servicio de pagos: el estado entero del cobro, con una `version` que solo crece. Una que no es más nueva responde 200 y no cambia nada. Un cobro nuevo se anuncia así antes de pedir dinero a nadie: sus existencias se guardan hasta `apartarHasta`; si el pedido no lo admite, 409 `pedido-no-cobrable`. `ordenes` dice todo lo que queda por hacer con él.',
      },
    },
  )
