import { appOptions, type service } from '@encargo/service-kit/http/service'
import { consulta, Dinero, Ids, parseIds, Uuid } from '@encargo/service-kit/http/schemas'
import { rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { Deps } from './deps.ts'
import { DeTasa } from './impuestos-schemas.ts'
import { deImpuestoYPeso } from './schemas.ts'

const Consulta = consulta({ ids: Ids })
const Articulos = Type.Object({
  datos: Type.Array(
    Type.Object({
      id: Uuid,
      sku: Type.String(),
      nombre: Type.String(),
      precio: Dinero,
      moneda: Type.String({ description: 'Código ISO 4217' }),
      activo: Type.Boolean({ description: 'Falso: archivado, ya no se vende' }),
      categoria: Type.Union([Type.String(), Type.Null()]),
      ...deImpuestoYPeso,
      ...DeTasa,
    }),
  ),
})
const respuestas = { 200: Articulos, ...rechazos() }

/** What a line of an order holds of its product, and no more: every purchase comes by here. */
export const articulosRoutes = (
  base: ReturnType<typeof service>,
  { store, moneda, clock }: Pick<Deps, 'store' | 'moneda' | 'clock'>,
) =>
  new Elysia({ ...appOptions }).use(base).get(
    '/productos/articulos',
    async ({ query, set }) => {
      set.headers['cache-control'] = 'no-cache'
      const articulos = await store.articulos(parseIds(query.ids), clock.epochMs())
      return { datos: articulos.map((uno) => ({ ...uno, moneda })) }
    },
    {
      publico: true,
      query: Consulta,
      response: respuestas,
      detail: {
        tags: ['catálogo'],
        summary: 'Lo que un pedido necesita saber de sus productos',
        description:
          'Por id y en el orden pedido, también los archivados (activo: false), sin los desconocidos. `tasa` y `modo` son los de este momento. Lo demás de cada producto está en `GET /productos`.',
      },
    },
  )
