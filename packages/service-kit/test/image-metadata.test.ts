import { describe, expect, test } from 'bun:test'
import { hablaDeMas, sinMetadatos } from '../src/values/image-metadata.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const texto = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const u16 = (n: number) => Buffer.from([n >> 8, n & 255])
const u32 = (n: number) => Buffer.from([n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255])
const u32le = (n: number) => Buffer.from(u32(n).toReversed())
const gps = 'GPSLatitude -2.9001'

/** A segment of JPEG. */
const segmento = (marca: number, datos: Uint8Array) =>
  Buffer.concat([Buffer.from([0xff, marca]), u16(datos.length + 2), datos])

/** Exif in Intel's order with one entry, and what cameras put behind it. */
function exif(orientacion: number) {
  const entrada = Buffer.from([0x12, 1, 3, 0, 1, 0, 0, 0, orientacion, 0, 0, 0])
  const tiff = [latin1('II*\0'), u32le(8), Buffer.from([1, 0]), entrada, u32le(0), latin1(gps)]
  return Buffer.concat([latin1('Exif\0\0'), ...tiff])
}
const xmp = latin1(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${gps}</x:xmpmeta>`)

/** What is seen of it: coded bytes with a stuffed zero and a restart marker in them. */
const codificado = Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4])
const principio = [Buffer.from([0xff, 0xd8]), segmento(0xe0, latin1('JFIF\0\u0001'))]
const pintura = [
  segmento(0xe2, latin1('ICC_PROFILE\0perfil')),
  segmento(0xdb, latin1('tabla')),
  segmento(0xda, latin1('barrido')),
  codificado,
  segmento(0xc4, latin1('otra tabla')),
  segmento(0xda, latin1('segundo')),
  codificado,
  Buffer.from([0xff, 0xd9]),
]

describe('what a JPEG says besides the picture', () => {
  test('is taken out wherever it stands, and all that is seen stays byte for byte', () => {
    const mpf = segmento(0xe2, latin1(`MPF\0${gps}`))
    const foto = Buffer.concat([
      ...principio,
      segmento(0xe1, exif(1)),
      segmento(0xe1, xmp),
      segmento(0xed, latin1(`Photoshop 3.0\0${gps}`)),
      segmento(0xfe, latin1(gps)),
      mpf,
      ...pintura,
      // The film of a "motion photo", or a second picture with an Exif of its own.
      ...principio,
      segmento(0xe1, exif(1)),
    ])
    expect(sinMetadatos('image/jpeg', foto)).toEqual(Buffer.concat([...principio, ...pintura]))
  })

  test('is taken out but for how the camera was held', () => {
    const foto = Buffer.concat([...principio, segmento(0xe1, exif(6)), ...pintura])
    const limpia = sinMetadatos('image/jpeg', foto)
    expect(texto(limpia)).not.toContain('GPS')
    const recta = Buffer.concat([u16(0x112), u16(3), u32(1), u16(6)])
    expect(Buffer.from(limpia).includes(recta)).toBe(true)
    expect(limpia.length).toBe(Buffer.concat([...principio, ...pintura]).length + 36)
    expect(sinMetadatos('image/jpeg', limpia)).toEqual(limpia)
  })

  test('is no way to make the service fail, wherever a file ends or whatever it holds', () => {
    const entera = Buffer.concat([...principio, segmento(0xe1, exif(6)), ...pintura])
    for (let largo = 3; largo <= entera.length; largo++) {
      const cortada = entera.subarray(0, largo)
      const limpia = sinMetadatos('image/jpeg', cortada)
      expect(limpia.length).toBeLessThanOrEqual(largo)
      expect(sinMetadatos('image/jpeg', limpia)).toEqual(limpia)
    }
    const raro = segmento(0xe1, Buffer.concat([latin1('Exif\0\0II*\0'), u32(0xffffffff), u16(9)]))
    expect(sinMetadatos('image/jpeg', Buffer.concat([...principio, raro, ...pintura]))).toEqual(
      Buffer.concat([...principio, ...pintura]),
    )
  })
})

describe('what a PNG says besides the picture', () => {
  const trozo = (nombre: string, datos: string) =>
    Buffer.concat([u32(datos.length), latin1(nombre), latin1(datos), u32(0xabcdef)])
  const firma = latin1('\u0089PNG\r\n\u001a\n')

  test('is taken out, with what comes behind its end', () => {
    const dichos = ['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'].map((nombre) => trozo(nombre, gps))
    const visto = [trozo('IHDR', 'cabeza'), trozo('iCCP', 'perfil'), trozo('IDAT', 'puntos')]
    const final = trozo('IEND', '')
    const foto = Buffer.concat([firma, ...visto, ...dichos, final, latin1(gps)])
    expect(sinMetadatos('image/png', foto)).toEqual(Buffer.concat([firma, ...visto, final]))
    for (let largo = 8; largo < foto.length; largo++) {
      expect(sinMetadatos('image/png', foto.subarray(0, largo)).length).toBeLessThanOrEqual(largo)
    }
  })
})

describe('what a WebP says besides the picture', () => {
  const parte = (nombre: string, datos: Buffer) =>
    Buffer.concat([latin1(nombre), u32le(datos.length), datos, Buffer.alloc(datos.length % 2)])
  const webp = (...partes: Buffer[]) => {
    const cuerpo = Buffer.concat(partes)
    return Buffer.concat([latin1('RIFF'), u32le(cuerpo.length + 4), latin1('WEBP'), cuerpo])
  }
  const extendida = (banderas: number) =>
    parte('VP8X', Buffer.from([banderas, 0, 0, 0, 9, 0, 0, 9, 0, 0]))
  const vistas = [parte('ICCP', latin1('perfil')), parte('VP8L', latin1('puntos.'))]

  test('is taken out, and it no longer says that it is there', () => {
    const dichas = [parte('EXIF', exif(1)), parte('XMP ', xmp)]
    const foto = Buffer.concat([webp(extendida(0b101100), ...vistas, ...dichas), latin1(gps)])
    expect(sinMetadatos('image/webp', foto)).toEqual(webp(extendida(0b100000), ...vistas))
    for (let largo = 12; largo < foto.length; largo++) {
      expect(sinMetadatos('image/webp', foto.subarray(0, largo)).length).toBeLessThanOrEqual(largo)
    }
  })
})

/** The beginning of an AVIF with this among its items. */
const avif = (item: string) => latin1(`\0\0\0\u001cftypavif\0\0\0\0avifmif1meta iinf${item}mdat`)

test('an AVIF with Exif or XMP among its items says too much, and one without does not', () => {
  expect(hablaDeMas('image/avif', avif('\0\0\0\u0015infe\u0002\0\0\0\0\u0001\0\0av01\0'))).toBe(
    false,
  )
  expect(hablaDeMas('image/avif', avif('\0\0\0\u0015infe\u0002\0\0\0\0\u0002\0\0Exif\0'))).toBe(
    true,
  )
  const rdf = '\0\0\0\u0030infe\u0002\0\0\0\0\u0003\0\0mime\0application/rdf+xml\0'
  expect(hablaDeMas('image/avif', avif(rdf))).toBe(true)
  expect(hablaDeMas('image/png', avif(rdf))).toBe(false)
})
