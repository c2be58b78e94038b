import { BoundedMap } from '@encargo/service-kit/async/bounded-map'
import { problemError, rechazos, retryAfter } from '@encargo/service-kit/http/problems'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { esperaDinero } from '@encargo/service-kit/values/cobros'
import { Elysia } from 'elysia'
import { contarYa } from '../app/contar.ts'
import type { CasosDeUso } from '../app/index.ts'
import { consultarCobro } from '../app/proveedor.ts'
import { CobroVisto, ConCobro, ConEnlace } from './cobros-schemas.ts'
import { verCobro } from './cobros-views.ts'
import { loVe } from './quien.ts'
import { sinCobro } from './refusals.ts'

/** Between two questions about one charge, in milliseconds. */
const cadaMs = 5_000
/** How many charges are remembered. */
const recordados = 10_000

const respuestas = { 200: CobroVisto, ...rechazos('no-encontrado') }

/** Asking a provider now: the shopper is back, and the notice may be late. */
export function consultaRoutes(base: ReturnType<typeof service>, { deps, cumplidor }: CasosDeUso) {
  const { store, pedidos, clock } = deps
  const preguntados = new BoundedMap<string, number>(recordados)

  /** @throws ProblemError 429 */
  function pasar(id: string): void {
    const ahora = clock.monoMs()
    const faltan = (preguntados.get(id) ?? -Infinity) + cadaMs - ahora
    if (faltan > 0) {
      const detail = 'Se acaba de preguntar por este cobro. Espera unos segundos.'
      throw problemError('demasiadas-peticiones', { detail }, retryAfter(faltan))
    }
    preguntados.set(id, ahora)
  }

  return new Elysia({ ...appOptions }).use(base).post(
    '/cobros/:id/consultar',
    async ({ params, body, identidad, request, call }) => {
      const enlace = body?.seguimiento
      const cobro = await store.cobro(params.id)
      if (!cobro) return sinCobro()
      const porEnlace = enlace !== undefined && (await pedidos.deEnlace(enlace, call))
      const suyo = porEnlace === cobro.pedidoId
      if (!suyo && !(await loVe(pedidos, cobro, { identidad, request }, call))) return sinCobro()
      if (!esperaDinero(cobro) && cobro.contada >= cobro.version) {
        return verCobro(cobro, identidad)
      }
      pasar(cobro.id)
      const quedo = await consultarCobro(deps, cobro, call)
      await contarYa(cumplidor, quedo, call)
      return verCobro(quedo, identidad)
    },
    {
      publico: true,
      params: ConCobro,
      body: ConEnlace,
      response: respuestas,
      detail: {
        tags: ['cobros'],
        summary: 'Preguntar al proveedor por un cobro',
        description:
          'Para quien vuelve de pagar: responde lo que el cobro es ahora, y el pedido ya lo sabe. De cada cobro se pregunta una vez cada 5 segundos; antes, 429.',
      },
    },
  )
}
