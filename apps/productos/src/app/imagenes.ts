import { hablaDeMas, sinMetadatos } from '@encargo/service-kit/values/image-metadata'
import { esDelTipo, esTipoImagen, type Imagen, imagenDe } from '../domain/imagen.ts'
import type { Archivado, Objetivo, ProductosStore } from '../ports.ts'

export type Puesta =
  | Archivado
  /** What is not what it says it is, is as unknown to us as any other type. */
  | { readonly tipo: 'otro-tipo' }
  /** Everybody gets to see a picture, and what it says of who took it. */
  | { readonly tipo: 'habla-de-mas' }

/** Makes these bytes a product's picture, without what they say besides what is seen. */
export async function ponerImagen(
  store: Pick<ProductosStore, 'ponerImagen'>,
  objetivo: Objetivo,
  { tipo, bytes }: { readonly tipo: string; readonly bytes: Uint8Array },
): Promise<Puesta> {
  if (!esTipoImagen(tipo) || !esDelTipo(tipo, bytes)) return { tipo: 'otro-tipo' }
  if (hablaDeMas(tipo, bytes)) return { tipo: 'habla-de-mas' }
  return await store.ponerImagen(objetivo, imagenDe(tipo, sinMetadatos(tipo, bytes)))
}

/** The picture of that name, also of those that were kept before they were cleaned on arrival. */
export async function verImagen(
  store: Pick<ProductosStore, 'imagen'>,
  hash: string,
): Promise<Imagen | undefined> {
  const imagen = await store.imagen(hash)
  return imagen && { ...imagen, bytes: sinMetadatos(imagen.tipo, imagen.bytes) }
}
