import { notModified } from '@encargo/service-kit/http/not-modified'
import { problemError, rechazos } from '@encargo/service-kit/http/problems'
import { ConIfMatch, ConIfNoneMatch } from '@encargo/service-kit/http/schemas'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import { ponerImagen } from '../app/tienda.ts'
import { maxBytesImagen, tiposImagen } from '../domain/imagen-tienda.ts'
import { cambioDe, contar, respuestasCambio, type TiendaDeps } from './tienda.ts'
import { Uso } from './tienda-schemas.ts'

const ConUso = Type.Object({ uso: Uso })
const ConHuella = Type.Object({
  uso: Uso,
  huella: Type.String({
    pattern: '^[0-9a-f]{64}$',
    error: 'debe ser un SHA-256 en hexadecimal y minúsculas',
  }),
})
const bajada = {
  200: Type.Unsafe<Blob>(Type.String({ contentMediaType: 'image/*' })),
  ...rechazos('no-encontrado'),
}

/**
 * The address says what is in it, so it never changes. A drawing that is opened by itself is a
 * document: it may be styled, and nothing in it runs, loads or belongs to this origin.
 */
const cabecerasImagen = {
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
}

function otroTipo(tipo: string) {
  const detail = `El contenido no es ${tipo} que se pueda leer, de hasta 4096 × 4096 píxeles. Se admiten ${tiposImagen.join(', ')}.`
  return problemError('tipo-no-admitido', { detail })
}

const tags = ['tienda']

/** The shop's own pictures: admins put them, everybody sees them. */
export const tiendaImagenesRoutes = (base: ReturnType<typeof service>, deps: TiendaDeps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .put(
      '/tienda/imagenes/:uso',
      async ({ params, headers, cuerpo, identidad, request, set }) => {
        const tipo = tiposImagen.find((uno) => uno === cuerpo.tipo)
        const bytes = await cuerpo.bytes()
        const cambio = cambioDe(deps, { identidad, headers, request })
        if (!tipo) throw otroTipo(cuerpo.tipo)
        const puesta = await ponerImagen(deps.store.tienda, cambio, { ...params, tipo, bytes })
        if (puesta.tipo === 'otro-tipo') throw otroTipo(tipo)
        return contar(puesta, set.headers)
      },
      {
        acceso: 'admin',
        params: ConUso,
        headers: ConIfMatch,
        cuerpoCrudo: { tipos: tiposImagen, maxBytes: maxBytesImagen },
        response: respuestasCambio,
        detail: {
          tags,
          summary: 'Poner el logo, el icono o la imagen de la portada',
          description:
            'PNG, JPEG, WebP o SVG, hasta 512 KiB y 4096 × 4096 píxeles; el contenido debe ser de su tipo (si no, 415). Lo que una foto dice además de lo que se ve (Exif con su posición, XMP, textos) se quita. La misma imagen otra vez no cambia nada.',
        },
      },
    )
    .delete(
      '/tienda/imagenes/:uso',
      async ({ params, headers, identidad, request, set }) => {
        const cambio = cambioDe(deps, { identidad, headers, request })
        return contar(await deps.store.tienda.quitarImagen(cambio, params.uso), set.headers)
      },
      {
        acceso: 'admin',
        params: ConUso,
        headers: ConIfMatch,
        response: respuestasCambio,
        detail: {
          tags,
          summary: 'Quitar el logo, el icono o la imagen de la portada',
          description: 'Si no la hay, no cambia nada. Responde cómo queda la tienda.',
        },
      },
    )
    .get(
      '/tienda/imagenes/:uso/:huella',
      async ({ params, set }) => {
        const imagen = await deps.store.tienda.imagen(params.uso, params.huella)
        // Thrown, as Elysia's types let no handler return now a `Response` and now something else.
        if (!imagen) throw problemError('no-encontrado', { detail: 'No hay ninguna imagen así.' })
        Object.assign(set.headers, cabecerasImagen, { etag: `"${params.huella}"` })
        return new Response(new Uint8Array(imagen.bytes), {
          headers: { 'content-type': imagen.tipo },
        })
      },
      {
        publico: true,
        params: ConHuella,
        headers: ConIfNoneMatch,
        mapResponse: notModified,
        response: bajada,
        detail: {
          tags,
          summary: 'Una imagen de la tienda',
          description:
            'Con su tipo, y para guardar sin volver a preguntar: el nombre sale del contenido. Las últimas que hubo antes también se ven, para las páginas que aún las nombran.',
        },
      },
    )
