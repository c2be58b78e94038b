/** The kinds of picture that are taken, each told by how its bytes begin. */
export const tiposImagen = ['image/png', 'image/jpeg', 'image/webp', 'image/avif'] as const
export type TipoImagen = (typeof tiposImagen)[number]

/** The largest picture, in bytes. */
export const maxBytesImagen = 2 * 1024 * 1024

/** A picture of a product. `hash` is the SHA-256 of its bytes in hexadecimal: it names them for good. */
export interface Imagen {
  readonly hash: string
  readonly tipo: TipoImagen
  readonly bytes: Uint8Array
}

const textAt = (bytes: Uint8Array, at: number, length: number) =>
  Buffer.from(bytes.subarray(at, at + length)).toString('latin1')

/**
 * The brands in the file type box that an ISO base media file begins with (ISO/IEC 14496-12, 4.3):
 * its length, `ftyp`, the major brand, a version, and the brands it is compatible with.
 */
function brandsOf(bytes: Uint8Array): string[] {
  if (textAt(bytes, 4, 4) !== 'ftyp') return []
  const end = Math.min(Buffer.from(bytes.subarray(0, 4)).readUInt32BE(), bytes.length, 256)
  const compatible = Array.from({ length: Math.max(0, (end - 16) >> 2) }, (_, n) => 16 + n * 4)
  return [8, ...compatible].map((at) => textAt(bytes, at, 4))
}

/**
 * What each kind begins with: PNG's signature (W3C PNG, third edition, 5.2), JPEG's start of image
 * and the marker after it (ITU-T T.81, B.1.1), WebP's RIFF header (RFC 9649, 2.4), and one of
 * AVIF's brands (AV1 Image File Format, 6).
 */
const firmas: Readonly<Record<TipoImagen, (bytes: Uint8Array) => boolean>> = {
  'image/png': (bytes) => textAt(bytes, 0, 8) === '\u0089PNG\r\n\u001a\n',
  'image/jpeg': (bytes) => textAt(bytes, 0, 3) === '\u00ff\u00d8\u00ff',
  'image/webp': (bytes) => textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP',
  'image/avif': (bytes) => brandsOf(bytes).some((brand) => brand === 'avif' || brand === 'avis'),
}

/** Whether `bytes` begin as a picture of that kind does. */
export const esDelTipo = (tipo: TipoImagen, bytes: Uint8Array) => firmas[tipo](bytes)

export const esTipoImagen = (tipo: string): tipo is TipoImagen =>
  tiposImagen.some((uno) => uno === tipo)

/** The picture that these bytes are. */
export function imagenDe(tipo: TipoImagen, bytes: Uint8Array): Imagen {
  return { tipo, bytes, hash: new Bun.CryptoHasher('sha256').update(bytes).digest('hex') }
}

const rutaPropia = /^\/imagenes\/([0-9a-f]{64})$/

/** The address of one of our own pictures, as a product's `imagenUrl` has it. */
export const rutaImagen = (hash: string) => `/imagenes/${hash}`

/** The picture of ours that an `imagenUrl` names; undefined for any other address. */
export function hashDeRuta(imagenUrl: string | null | undefined): string | undefined {
  return rutaPropia.exec(imagenUrl ?? '')?.[1]
}
