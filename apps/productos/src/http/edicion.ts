import { appOptions, type service } from '@encargo/service-kit/http/service'
import { ConId, ConIfMatch } from '@encargo/service-kit/http/schemas'
import { etag, ifMatchAllows } from '@encargo/service-kit/http/versions'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import { datosDeAlta, limpios } from '../domain/producto.ts'
import { autoriaDe } from './autoria.ts'
import type { Deps } from './deps.ts'
import { ausente, esAusente, productoInexistente, skuEnUso, versionDistinta } from './refusals.ts'
import { AltaProducto, EdicionProducto, ProductoVisto } from './schemas.ts'
import { vista } from './views.ts'

const tags = ['gestión del catálogo']
const alta = { 201: ProductoVisto, ...rechazos('sku-en-uso') }
const edicion = {
  200: ProductoVisto,
  ...rechazos('no-encontrado', 'sku-en-uso', 'version-distinta'),
}
const archivo = { 204: Type.Undefined(), ...rechazos('no-encontrado', 'version-distinta') }

/** Changing the catalogue: staff only. Nothing here knows of stock. */
export const edicionRoutes = (
  base: ReturnType<typeof service>,
  { store, moneda, clock, uuid }: Deps,
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .post(
      '/productos',
      async ({ body, identidad, request, set }) => {
        const autoria = autoriaDe({ identidad, request }, clock)
        const creado = await store.crear(uuid(), datosDeAlta(limpios(body)), autoria)
        if (creado.tipo === 'sku-en-uso') return rechazar('sku-en-uso', skuEnUso)
        if (esAusente(creado)) throw ausente(creado)
        const { producto } = creado
        set.headers.location = `/productos/${producto.id}`
        set.headers.etag = etag(producto.version)
        return status(201, vista(producto, moneda))
      },
      {
        acceso: 'personal',
        body: AltaProducto,
        response: alta,
        detail: {
          tags,
          summary: 'Dar de alta un producto',
          description: 'El SKU es único, sin distinguir mayúsculas. El precio va en céntimos.',
        },
      },
    )
    .patch(
      '/productos/:id',
      async ({ params, body, headers, identidad, request, set }) => {
        const editado = await store.editar({
          ...autoriaDe({ identidad, request }, clock),
          id: params.id,
          cambios: limpios(body),
          admite: (version) => ifMatchAllows(headers['if-match'], version),
        })
        if (editado.tipo === 'no-encontrado') return rechazar('no-encontrado', productoInexistente)
        if (editado.tipo === 'sku-en-uso') return rechazar('sku-en-uso', skuEnUso)
        if (esAusente(editado)) throw ausente(editado)
        if (editado.tipo === 'version-distinta') {
          return rechazar('version-distinta', versionDistinta)
        }
        set.headers.etag = etag(editado.producto.version)
        return vista(editado.producto, moneda)
      },
      {
        acceso: 'personal',
        params: ConId,
        headers: ConIfMatch,
        body: EdicionProducto,
        response: edicion,
        detail: {
          tags,
          summary: 'Cambiar un producto',
          description:
            'Solo se escribe lo que se envía y es distinto. `null` vacía `categoria`, `imagenUrl` y `pesoGramos`; `atributos` se sustituye entero; `activo: true` recupera un producto archivado. Con `If-Match` responde 412 si otra persona lo cambió antes.',
        },
      },
    )
    .delete(
      '/productos/:id',
      async ({ params, headers, identidad, request }) => {
        const editado = await store.archivar({
          ...autoriaDe({ identidad, request }, clock),
          id: params.id,
          admite: (version) => ifMatchAllows(headers['if-match'], version),
        })
        if (editado.tipo === 'no-encontrado') return rechazar('no-encontrado', productoInexistente)
        if (editado.tipo === 'version-distinta') {
          return rechazar('version-distinta', versionDistinta)
        }
        return status(204, undefined)
      },
      {
        acceso: 'personal',
        params: ConId,
        headers: ConIfMatch,
        response: archivo,
        detail: {
          tags,
          summary: 'Archivar un producto',
          description:
            'Deja de venderse y de verse en el catálogo; los pedidos anteriores lo siguen nombrando. Repetirlo no cambia nada.',
        },
      },
    )
