import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { CasosDeUso } from '../app/index.ts'
import { autorDe } from './autor.ts'
import { AjenoVisto, ConsultaAjenos, PeticionResolucion } from './cobros-schemas.ts'
import { deAjeno, verAjeno } from './cobros-views.ts'

const tags = ['dinero']

/** Money that providers tell of and that is no charge's, until a person has settled it there. */
export const ajenosRoutes = (base: ReturnType<typeof service>, { deps }: CasosDeUso) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/ajenos',
      async ({ query: { resueltos = false } }) => ({
        datos: (await deps.store.ajenos(resueltos)).map(verAjeno),
      }),
      {
        acceso: 'personal',
        query: ConsultaAjenos,
        response: { 200: Type.Object({ datos: Type.Array(AjenoVisto) }), ...rechazos() },
        detail: {
          tags,
          summary: 'Dinero que no es de ningún cobro',
          description:
            'Lo que un proveedor dice de un cobro y no se cuenta: en otra moneda, o anotado ya en otro. Se resuelve en el proveedor. Hasta 200, del más antiguo al más nuevo.',
        },
      },
    )
    .post(
      '/ajenos/resolver',
      async ({ body: { id, resolucion }, identidad, request }) => {
        const cual = deAjeno(id)
        const por = { ...autorDe(identidad, request), ahora: deps.clock.epochMs() }
        const ajeno = cual && (await deps.store.resolverAjeno({ cual, resolucion, por }))
        return ajeno
          ? verAjeno(ajeno)
          : rechazar('no-encontrado', { detail: 'Ese dinero no está anotado como ajeno.' })
      },
      {
        acceso: 'personal',
        body: PeticionResolucion,
        response: { 200: AjenoVisto, ...rechazos('no-encontrado') },
        detail: {
          tags,
          summary: 'Decir que un dinero ajeno se resolvió',
          description:
            'Y cómo: su devolución en el proveedor, el cobro en que se anotó. No mueve dinero. La primera vez vale: lo que ya se resolvió responde como se resolvió.',
        },
      },
    )
