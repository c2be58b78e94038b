import type { Clock } from '@encargo/service-kit/async/clock'
import { notModified } from '@encargo/service-kit/http/not-modified'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { ConIfMatch, ConIfNoneMatch, fieldProblem } from '@encargo/service-kit/http/schemas'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { etag, ifMatchAllows } from '@encargo/service-kit/http/versions'
import { Elysia } from 'elysia'
import { zonaConocida } from '../domain/tienda.ts'
import type { CambioTienda, TiendaCambiada, TiendaStore } from '../ports/tienda.ts'
import type { OrigenDe } from './origen.ts'
import { cambiosLimpios, EdicionTienda, TiendaVista, verTienda } from './tienda-schemas.ts'

export interface TiendaDeps {
  readonly store: { readonly tienda: TiendaStore }
  readonly origenDe: OrigenDe
  readonly clock: Clock
}

interface Llamada {
  readonly identidad: { readonly id: string }
  readonly headers: { readonly 'if-match'?: string | undefined }
  readonly request: Request
}

/** Who changes the shop, from where, and which version they have seen. */
export const cambioDe = (
  { origenDe, clock }: TiendaDeps,
  { identidad, headers, request }: Llamada,
): CambioTienda => ({
  actorId: identidad.id,
  direccion: origenDe(request).direccion,
  admite: (version) => ifMatchAllows(headers['if-match'], version),
  now: clock.epochMs(),
})

export const respuestasCambio = {
  200: TiendaVista,
  ...rechazos('version-distinta', 'prohibido'),
}

/** What is told of a change that was made, or why it was not. */
export function contar(cambiada: TiendaCambiada, headers: Record<string, unknown>) {
  switch (cambiada.tipo) {
    case 'sin-permiso':
      return rechazar('prohibido', { detail: 'Ya no eres administrador. Inicia sesión de nuevo.' })
    case 'version-distinta': {
      const detail = 'La tienda cambió desde que la leíste. Léela de nuevo y repite tu cambio.'
      return rechazar('version-distinta', { detail })
    }
    case 'guardada':
      headers['etag'] = etag(cambiada.tienda.version)
      return verTienda(cambiada.tienda)
  }
}

const respuestas = { 200: TiendaVista, ...rechazos() }
const tags = ['tienda']

/** How the shop presents itself: everybody sees it, admins say it. */
export const tiendaRoutes = (base: ReturnType<typeof service>, deps: TiendaDeps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/tienda',
      async ({ set }) => {
        const tienda = await deps.store.tienda.leer()
        set.headers.etag = etag(tienda.version)
        set.headers['cache-control'] = 'no-cache'
        return verTienda(tienda)
      },
      {
        publico: true,
        headers: ConIfNoneMatch,
        mapResponse: notModified,
        response: respuestas,
        detail: {
          tags,
          summary: 'Cómo se presenta la tienda',
          description:
            'Nombre, colores, imágenes, contacto, textos legales y portada, para las páginas y los correos. Lo que no se ha dicho es null, el nombre "Tienda" y la zona UTC. Con `If-None-Match` responde 304 si no cambió.',
        },
      },
    )
    .patch(
      '/tienda',
      async ({ body, identidad, headers, request, set }) => {
        const cambios = cambiosLimpios(body)
        const zonaHoraria = cambios.zonaHoraria && zonaConocida(cambios.zonaHoraria)
        if (cambios.zonaHoraria !== undefined && zonaHoraria === undefined) {
          const mensaje = 'no es una zona horaria IANA, como America/Guayaquil'
          throw fieldProblem('zonaHoraria', mensaje, 'zona-horaria')
        }
        const cambiada = await deps.store.tienda.editar(
          cambioDe(deps, { identidad, headers, request }),
          { ...cambios, ...(zonaHoraria ? { zonaHoraria } : {}) },
        )
        return contar(cambiada, set.headers)
      },
      {
        acceso: 'admin',
        headers: ConIfMatch,
        body: EdicionTienda,
        response: respuestasCambio,
        detail: {
          tags,
          summary: 'Cambiar cómo se presenta la tienda',
          description:
            'Solo se escribe lo que se envía y es distinto, también dentro de `colores`, `contacto` y `portada`; `null` vacía un campo, y `categoriasDestacadas` se sustituye entera. Los textos legales son párrafos separados por una línea vacía. Con `If-Match` responde 412 si otra persona lo cambió antes.',
        },
      },
    )
