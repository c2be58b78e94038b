import { medidasDeDibujo } from '../domain/dibujo.ts'
import { imagenDe, type Medidas, type TipoImagen } from '../domain/imagen-tienda.ts'
import type { UsoImagen } from '../domain/tienda.ts'
import type { CambioTienda, TiendaCambiada, TiendaStore } from '../ports/tienda.ts'

/** More than any screen has: a few bytes can say that they are a picture of gigabytes. */
const maxPixels = 4096 * 4096

/** The size of a picture that is of this kind, which only its bytes tell; undefined for another. */
async function medir(tipo: TipoImagen, bytes: Uint8Array): Promise<Medidas | undefined> {
  if (tipo === 'image/svg+xml') return medidasDeDibujo(bytes)
  const read = await new Bun.Image(bytes, { maxPixels }).metadata().catch(() => undefined)
  if (!read || `image/${read.format}` !== tipo) return undefined
  return { ancho: read.width, alto: read.height }
}

export interface ImagenDada {
  readonly uso: UsoImagen
  readonly tipo: TipoImagen
  readonly bytes: Uint8Array
}

/** Makes these bytes the shop's logo, icon or banner; `otro-tipo` when they are not what they say. */
export async function ponerImagen(
  store: Pick<TiendaStore, 'ponerImagen'>,
  cambio: CambioTienda,
  { uso, tipo, bytes }: ImagenDada,
): Promise<TiendaCambiada | { readonly tipo: 'otro-tipo' }> {
  const medidas = await medir(tipo, bytes)
  if (!medidas) return { tipo: 'otro-tipo' }
  return await store.ponerImagen(cambio, imagenDe(uso, tipo, bytes, medidas))
}
