import { appOptions, type service } from '@encargo/service-kit/http/service'
import { ConId, ConIfMatch, ConIfNoneMatch } from '@encargo/service-kit/http/schemas'
import { etag, ifMatchAllows } from '@encargo/service-kit/http/versions'
import { notModified } from '@encargo/service-kit/http/not-modified'
import { problemError, rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import { ponerImagen, verImagen } from '../app/imagenes.ts'
import { maxBytesImagen, tiposImagen } from '../domain/imagen.ts'
import { autoriaDe } from './autoria.ts'
import type { Deps } from './deps.ts'
import { productoInexistente, versionDistinta } from './refusals.ts'
import { ProductoVisto } from './schemas.ts'
import { vista } from './views.ts'

const ConHash = Type.Object({
  hash: Type.String({
    pattern: '^[0-9a-f]{64}$',
    error: 'debe ser un SHA-256 en hexadecimal y minúsculas',
  }),
})
const subida = { 200: ProductoVisto, ...rechazos('no-encontrado', 'version-distinta') }
const bajada = {
  200: Type.Unsafe<Blob>(
    Type.String({
      contentMediaType: 'image/*',
      description: 'La imagen, sin más datos que lo que se ve',
    }),
  ),
  ...rechazos('no-encontrado'),
}

/** Its name says what is in it, so it never changes; any page may show a picture that is for sale. */
const cabecerasImagen = {
  'cache-control': 'public, max-age=31536000, immutable',
  'cross-origin-resource-policy': 'cross-origin',
}

function otroTipo(tipo: string) {
  const detail = `El contenido no es ${tipo}: no empieza como tal. Se admiten ${tiposImagen.join(', ')}.`
  return problemError('tipo-no-admitido', { detail })
}

const deMas =
  'La imagen AVIF lleva dentro datos Exif o XMP, que pueden decir dónde se hizo. Expórtala sin ellos, o como JPEG, PNG o WebP, de los que se quitan solos.'

/** Pictures of products, kept here: staff puts them, everybody sees them. */
export const imagenesRoutes = (base: ReturnType<typeof service>, { store, moneda, clock }: Deps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .put(
      '/productos/:id/imagen',
      async ({ params, headers, cuerpo, identidad, request, set }) => {
        const dada = { tipo: cuerpo.tipo, bytes: await cuerpo.bytes() }
        const objetivo = {
          ...autoriaDe({ identidad, request }, clock),
          id: params.id,
          admite: (version: number) => ifMatchAllows(headers['if-match'], version),
        }
        const puesta = await ponerImagen(store, objetivo, dada)
        if (puesta.tipo === 'otro-tipo') throw otroTipo(dada.tipo)
        if (puesta.tipo === 'habla-de-mas')
          throw problemError('tipo-no-admitido', { detail: deMas })
        if (puesta.tipo === 'no-encontrado') return rechazar('no-encontrado', productoInexistente)
        if (puesta.tipo === 'version-distinta') return rechazar('version-distinta', versionDistinta)
        set.headers.etag = etag(puesta.producto.version)
        return vista(puesta.producto, moneda)
      },
      {
        acceso: 'personal',
        params: ConId,
        headers: ConIfMatch,
        cuerpoCrudo: { tipos: tiposImagen, maxBytes: maxBytesImagen },
        response: subida,
        detail: {
          tags: ['gestión del catálogo'],
          summary: 'Poner la imagen de un producto',
          description:
            'PNG, JPEG, WebP o AVIF, hasta 2 MiB; el contenido debe empezar como su tipo (si no, 415). Lo que la imagen dice además de lo que se ve (Exif con su posición, XMP, IPTC, textos) se quita; de una AVIF no se puede, y con ello se rechaza (415). `imagenUrl` pasa a ser `/imagenes/<SHA-256>`, que otros productos también pueden nombrar. La misma imagen otra vez no cambia nada. Con `If-Match` responde 412 si otra persona cambió antes el producto. Una imagen que ya no nombra ningún producto se puede ver y volver a nombrar durante un día; después la borra la siguiente subida.',
        },
      },
    )
    .get(
      '/imagenes/:hash',
      async ({ params, set }) => {
        const imagen = await verImagen(store, params.hash)
        // Thrown, as Elysia's types let no handler return now a `Response` and now something else.
        if (!imagen) throw problemError('no-encontrado', { detail: 'No hay ninguna imagen así.' })
        Object.assign(set.headers, cabecerasImagen, { etag: `"${params.hash}"` })
        return new Response(new Uint8Array(imagen.bytes), {
          headers: { 'content-type': imagen.tipo },
        })
      },
      {
        publico: true,
        params: ConHash,
        headers: ConIfNoneMatch,
        mapResponse: notModified,
        response: bajada,
        detail: {
          tags: ['catálogo'],
          summary: 'Una imagen',
          description:
            'Con su tipo, y para guardar sin volver a preguntar: el nombre sale del contenido. Con `If-None-Match` responde 304.',
        },
      },
    )
