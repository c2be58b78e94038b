import { sinMetadatos } from '@encargo/service-kit/values/image-metadata'
import type { UsoImagen } from './tienda.ts'

export const tiposImagen = ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml'] as const
export type TipoImagen = (typeof tiposImagen)[number]

/** The largest picture, in bytes: every visitor's first page waits for it. */
export const maxBytesImagen = 512 * 1024

/** In pixels; null for a drawing that is of no size of its own. */
export interface Medidas {
  readonly ancho: number | null
  readonly alto: number | null
}

/** A picture of the shop's own. `huella` is the SHA-256 of its bytes in hexadecimal. */
export interface ImagenTienda extends Medidas {
  readonly uso: UsoImagen
  readonly huella: string
  readonly tipo: TipoImagen
}

export interface ImagenGuardada {
  readonly tipo: TipoImagen
  readonly bytes: Uint8Array
}

/** The picture that these bytes are, without what they say besides what is seen. */
export function imagenDe(uso: UsoImagen, tipo: TipoImagen, original: Uint8Array, medidas: Medidas) {
  const bytes = tipo === 'image/svg+xml' ? original : sinMetadatos(tipo, original)
  const huella = new Bun.CryptoHasher('sha256').update(bytes).digest('hex')
  return { uso, huella, tipo, bytes, ...medidas }
}
export type NuevaImagen = ReturnType<typeof imagenDe>
