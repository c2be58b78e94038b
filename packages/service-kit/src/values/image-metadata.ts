/** The kinds of picture whose parts are known here. */
export type TipoDeFoto = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/avif'

// What a picture says besides the picture: where it was taken, when, by whom and with what. None of
// it is for the shop's visitors. What is taken out are whole parts of the file, so nothing that is
// seen changes; where a file is not built as its type says, it is left as it is from there on.

const vista = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

const exif = Buffer.from('Exif\0\0', 'latin1')

/** How the camera was held (Exif 2.32, 4.6.4: tag 274 in the first directory), if it says so. */
function orientacionDe(app1: Buffer): number | undefined {
  if (!app1.subarray(0, 6).equals(exif) || app1.length < 16) return undefined
  const tiff = app1.subarray(6)
  const pequeno = tiff.toString('latin1', 0, 2) === 'II'
  const u16 = (en: number) => (pequeno ? tiff.readUInt16LE(en) : tiff.readUInt16BE(en))
  const directorio = pequeno ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (directorio + 2 > tiff.length) return undefined
  const entradas = Array.from({ length: u16(directorio) }, (_, n) => directorio + 2 + n * 12)
  const entrada = entradas.find((en) => en + 10 <= tiff.length && u16(en) === 0x112)
  return entrada === undefined ? undefined : u16(entrada + 8)
}

/** An Exif segment that says nothing but how the camera was held: without it, pictures lie on their side. */
function soloOrientacion(orientacion: number): Buffer {
  const segmento = Buffer.alloc(36)
  segmento.writeUInt16BE(0xffe1)
  segmento.writeUInt16BE(34, 2)
  exif.copy(segmento, 4)
  segmento.write('MM\0*', 10, 'latin1')
  segmento.writeUInt32BE(8, 14)
  segmento.writeUInt16BE(1, 18)
  segmento.writeUInt16BE(0x112, 20)
  segmento.writeUInt16BE(3, 22)
  segmento.writeUInt32BE(1, 24)
  segmento.writeUInt16BE(orientacion, 28)
  return segmento
}

/** What of the segment is kept: of applications' own, only those that say how colours are meant. */
function segmentoQueQueda(marca: number, segmento: Buffer): Buffer | undefined {
  const [app0, app1, app2, app14, app15, comentario] = [0xe0, 0xe1, 0xe2, 0xee, 0xef, 0xfe]
  if (marca === app1) {
    const orientacion = orientacionDe(segmento.subarray(4))
    return orientacion !== undefined && orientacion > 1 && orientacion <= 8
      ? soloOrientacion(orientacion)
      : undefined
  }
  if (marca === app0 || marca === app14) return segmento
  if (marca === app2) {
    return segmento.toString('latin1', 4, 15) === 'ICC_PROFILE' ? segmento : undefined
  }
  return (marca > app2 && marca <= app15) || marca === comentario ? undefined : segmento
}

/** Where the next marker is, behind the coded picture from `desde` on (T.81, B.1.1.5). */
function trasLoCodificado(bytes: Buffer, desde: number): number {
  for (let en = bytes.indexOf(0xff, desde); en >= 0; en = bytes.indexOf(0xff, en + 1)) {
    const marca = bytes[en + 1] ?? 0
    if (marca !== 0 && marca !== 0xff && (marca < 0xd0 || marca > 0xd7)) return en
  }
  return bytes.length
}

/** JPEG (ITU-T T.81, B.1.1): segments up to the end of the image; cameras put more pictures behind it. */
function deJpeg(bytes: Buffer): Buffer[] {
  const quedan = [bytes.subarray(0, 2)]
  let en = 2
  while (en + 4 <= bytes.length && bytes[en] === 0xff) {
    const marca = bytes[en + 1] ?? 0
    if (marca === 0xd9) return [...quedan, bytes.subarray(en, en + 2)]
    const final = en + 2 + bytes.readUInt16BE(en + 2)
    if (final > bytes.length || final < en + 4) break
    const queda = segmentoQueQueda(marca, bytes.subarray(en, final))
    if (queda) quedan.push(queda)
    en = final
    if (marca !== 0xda) continue
    en = trasLoCodificado(bytes, final)
    quedan.push(bytes.subarray(final, en))
  }
  return [...quedan, bytes.subarray(en, bytes[en + 1] === 0xd9 ? en + 2 : bytes.length)]
}

const sobranEnPng = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'])

/** PNG (third edition, 5.3): chunks of length, name, data and sum, up to `IEND`. */
function dePng(bytes: Buffer): Buffer[] {
  const quedan = [bytes.subarray(0, 8)]
  let en = 8
  while (en + 12 <= bytes.length) {
    const nombre = bytes.toString('latin1', en + 4, en + 8)
    const final = en + 12 + bytes.readUInt32BE(en)
    if (final > bytes.length) break
    if (!sobranEnPng.has(nombre)) quedan.push(bytes.subarray(en, final))
    en = final
    if (nombre === 'IEND') return quedan
  }
  return [...quedan, bytes.subarray(en)]
}

const sobranEnWebp = new Set(['EXIF', 'XMP '])

/** WebP (RFC 9649, 2.7): chunks of name, length and data to an even end; `VP8X` says which there are. */
function deWebp(bytes: Buffer): Buffer[] {
  const total = Math.min(bytes.length, 8 + bytes.readUInt32LE(4))
  const quedan: Buffer[] = []
  let quitado = 0
  let en = 12
  while (en + 8 <= total) {
    const nombre = bytes.toString('latin1', en, en + 4)
    const largo = bytes.readUInt32LE(en + 4)
    const final = en + 8 + largo + (largo % 2)
    if (final > total) break
    const parte = Buffer.from(bytes.subarray(en, final))
    if (nombre === 'VP8X' && largo > 0) parte[8] = (parte[8] ?? 0) & ~0b1100
    if (sobranEnWebp.has(nombre)) quitado += parte.length
    else quedan.push(parte)
    en = final
  }
  quedan.push(bytes.subarray(en, total))
  const cabecera = Buffer.from(bytes.subarray(0, 12))
  cabecera.writeUInt32LE(bytes.readUInt32LE(4) - quitado, 4)
  return [cabecera, ...quedan]
}

/**
 * The picture without what it says besides. In AVIF it cannot be taken out without moving everything
 * else: see `hablaDeMas`.
 */
export function sinMetadatos(tipo: TipoDeFoto, original: Uint8Array): Uint8Array {
  const bytes = vista(original)
  switch (tipo) {
    case 'image/jpeg':
      return Buffer.concat(deJpeg(bytes))
    case 'image/png':
      return Buffer.concat(dePng(bytes))
    case 'image/webp':
      return Buffer.concat(deWebp(bytes))
    case 'image/avif':
      return original
  }
}

/** Whether an AVIF names Exif or XMP among its items (ISO/IEC 23008-12, A.2 and A.3). */
export function hablaDeMas(tipo: TipoDeFoto, bytes: Uint8Array): boolean {
  if (tipo !== 'image/avif') return false
  const items = /infe[^]{6,14}(?:Exif|mime[^]{0,64}application\/rdf\+xml)/
  return items.test(vista(bytes).toString('latin1'))
}
