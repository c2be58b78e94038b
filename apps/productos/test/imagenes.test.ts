import { describe, expect, test } from 'bun:test'
import { graciaImagenMs } from '../src/ports.ts'
import {
  esDelTipo,
  imagenDe,
  maxBytesImagen,
  type TipoImagen,
  tiposImagen,
} from '../src/domain/imagen.ts'
import type { Producto } from '../src/domain/producto.ts'
import { alta, cliente, crear, openShop, operador, operadorId, type Shop } from './fixture.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')

/** How a picture of each kind begins. */
const comienzos: Readonly<Record<TipoImagen, Buffer>> = {
  'image/png': latin1('\u0089PNG\r\n\u001a\n\0\0\0\rIHDR'),
  'image/jpeg': latin1('\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0'),
  'image/webp': latin1('RIFF\u0024\0\0\0WEBPVP8 '),
  'image/avif': latin1('\0\0\0\u001cftypmif1\0\0\0\0mif1avifmiaf'),
}

let serial = 0
/** Bytes of that kind that nobody has yet. */
const foto = (tipo: TipoImagen) => Buffer.concat([comienzos[tipo], latin1(`foto ${(serial += 1)}`)])
const sha256 = (bytes: Uint8Array) => new Bun.CryptoHasher('sha256').update(bytes).digest('hex')

interface Subida {
  readonly bytes: Uint8Array
  readonly tipo?: string
  readonly headers?: Record<string, string>
}

async function subir(shop: Shop, id: string, { bytes, tipo, headers = operador }: Subida) {
  const answer = await shop.app.handle(
    new Request(`http://localhost/productos/${id}/imagen`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': tipo ?? 'image/png' },
      body: bytes,
    }),
  )
  const json: Producto & { readonly codigo?: string } = JSON.parse(await answer.text())
  return { status: answer.status, etag: answer.headers.get('etag'), json }
}

async function bajar(shop: Shop, hash: string, headers: Record<string, string> = {}) {
  return await shop.app.handle(new Request(`http://localhost/imagenes/${hash}`, { headers }))
}

const estado = async (shop: Shop, hash: string) => (await bajar(shop, hash)).status
const poner = (shop: Shop, id: string, imagenUrl: string | null) =>
  shop.send('PATCH', `/productos/${id}`, { body: { imagenUrl }, headers: operador })

describe('PUT /productos/:id/imagen', () => {
  for (const tipo of tiposImagen) {
    test(`keeps ${tipo} as it came, and names it in the product`, async () => {
      const shop = await openShop()
      const { id } = await crear(shop)
      const bytes = foto(tipo)
      const hash = sha256(bytes)
      const { status, etag, json } = await subir(shop, id, { bytes, tipo })
      expect([status, etag, json.version]).toEqual([200, '"2"', 2])
      expect(json.imagenUrl).toBe(`/imagenes/${hash}`)
      const answer = await bajar(shop, hash)
      expect(answer.headers.get('content-type')).toBe(tipo)
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
    })
  }

  test('of the same picture again changes nothing', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    const bytes = foto('image/png')
    await subir(shop, id, { bytes })
    expect((await subir(shop, id, { bytes })).json.version).toBe(2)
  })

  test('comes too late for a version that is gone, and keeps nothing then', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    const bytes = foto('image/png')
    const late = { ...operador, 'if-match': '"7"' }
    const { status, json } = await subir(shop, id, { bytes, headers: late })
    expect([status, json.codigo]).toEqual([412, 'version-distinta'])
    expect(await estado(shop, sha256(bytes))).toBe(404)
    const intime = { ...operador, 'if-match': '"1"' }
    expect((await subir(shop, id, { bytes, headers: intime })).status).toBe(200)
  })

  test('answers 404 for an unknown product, and keeps nothing', async () => {
    const shop = await openShop()
    const bytes = foto('image/png')
    expect((await subir(shop, Bun.randomUUIDv7(), { bytes })).status).toBe(404)
    expect(await estado(shop, sha256(bytes))).toBe(404)
  })

  test('takes no bytes that are not what their type says', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    const wrong: [string, Uint8Array][] = [
      ...tiposImagen.flatMap((tipo) =>
        tiposImagen
          .filter((other) => other !== tipo)
          .map((other): [string, Uint8Array] => [tipo, foto(other)]),
      ),
      ['image/png', latin1('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      ['image/jpeg', latin1('<html><script>alert(1)</script>')],
      ['image/avif', latin1('\0\0\0\u0018ftypheic\0\0\0\0mif1heic')],
      ['image/avif', latin1('\0\0\0\u0010ftypheic\0\0\0\0avif')],
      ['image/webp', latin1('RIFF\u0024\0\0\0WAVEfmt ')],
      ['image/svg+xml', latin1('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      ['text/html', foto('image/png')],
      ['image/png', new Uint8Array()],
      ['image/png', comienzos['image/png'].subarray(0, 7)],
    ]
    for (const [tipo, bytes] of wrong) {
      const { status, json } = await subir(shop, id, { bytes, tipo })
      expect([tipo, String(bytes), status, json.codigo]).toEqual([
        tipo,
        String(bytes),
        415,
        'tipo-no-admitido',
      ])
    }
  })

  test('takes 2 MiB and not a byte more', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    const bytes = Buffer.alloc(maxBytesImagen)
    comienzos['image/png'].copy(bytes)
    expect((await subir(shop, id, { bytes })).status).toBe(200)
    const more = Buffer.concat([bytes, latin1('!')])
    const { status, json } = await subir(shop, id, { bytes: more })
    expect([status, json.codigo]).toEqual([413, 'cuerpo-demasiado-grande'])
  })

  test('is for staff', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    const bytes = foto('image/png')
    expect((await subir(shop, id, { bytes, headers: {} })).status).toBe(401)
    expect((await subir(shop, id, { bytes, headers: cliente })).status).toBe(403)
    expect(await estado(shop, sha256(bytes))).toBe(404)
  })
})

test('bytes of every length are told to be of a kind or not, without ado', () => {
  for (const tipo of tiposImagen) {
    const whole = comienzos[tipo]
    for (let length = 0; length <= whole.length; length++)
      esDelTipo(tipo, whole.subarray(0, length))
    expect(esDelTipo(tipo, whole)).toBe(true)
  }
})

describe('GET /imagenes/:hash', () => {
  test('gives away nothing of where a picture was taken, not even one that was kept before', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    const jpeg = Buffer.concat([
      latin1('\u00ff\u00d8\u00ff\u00e1\0\u0016Exif\0\0GPS -2.9 -79.0'),
      latin1(`\u00ff\u00da\0\u0004\u0001\u0002foto ${(serial += 1)}\u00ff\u00d9`),
    ])
    const { json } = await subir(shop, id, { bytes: jpeg, tipo: 'image/jpeg' })
    const hash = json.imagenUrl?.split('/').at(-1) ?? ''
    const kept = Buffer.from(await (await bajar(shop, hash)).arrayBuffer())
    expect(kept.toString('latin1')).not.toContain('GPS')
    expect(sha256(kept)).toBe(hash)
    // As they were kept before this was done.
    const objetivo = { id, admite: () => true, usuarioId: operadorId, ahora: Date.now() }
    const before = imagenDe('image/jpeg', jpeg)
    await shop.ponerImagen(objetivo, before)
    const shown = await (await bajar(shop, before.hash)).text()
    expect(shown).toContain('foto')
    expect(shown).not.toContain('GPS')
  })

  test('is for everybody, for good, under its own type and for pages of any origin', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    const bytes = foto('image/webp')
    const hash = sha256(bytes)
    await subir(shop, id, { bytes, tipo: 'image/webp' })
    const { status, headers } = await bajar(shop, hash)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('etag')).toBe(`"${hash}"`)
    const known = await bajar(shop, hash, { 'if-none-match': `"${hash}"` })
    expect([known.status, await known.text()]).toEqual([304, ''])
    expect(known.headers.get('cache-control')).toContain('immutable')
  })

  test('of an unknown one is 404 that no cache keeps; of what is no hash, 422', async () => {
    const shop = await openShop()
    const unknown = await bajar(shop, 'a'.repeat(64))
    expect([unknown.status, unknown.headers.get('cache-control')]).toEqual([404, 'no-store'])
    for (const hash of ['x', 'A'.repeat(64), `${'a'.repeat(64)}0`]) {
      expect((await bajar(shop, hash)).status).toBe(422)
    }
  })
})

describe('imagenUrl', () => {
  test('may name a picture that is there, of another product as well', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    const { json } = await subir(shop, id, { bytes: foto('image/png') })
    const other = await crear(shop, { imagenUrl: json.imagenUrl })
    expect(other.imagenUrl).toBe(json.imagenUrl)
    const third = await crear(shop)
    expect((await poner(shop, third.id, json.imagenUrl)).status).toBe(200)
  })

  test('may not name one that is not there', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    const imagenUrl = `/imagenes/${'0'.repeat(64)}`
    const created = await shop.send('POST', '/productos', {
      body: alta({ imagenUrl }),
      headers: operador,
    })
    for (const { status, json } of [created, await poner(shop, id, imagenUrl)]) {
      expect([status, json.codigo]).toEqual([422, 'datos-invalidos'])
      expect(json.errores[0]?.campo).toBe('imagenUrl')
    }
  })
})

/** Somebody puts another picture of another product, which is when forgotten ones go. */
async function barrer(shop: Shop) {
  const { id } = await crear(shop)
  await subir(shop, id, { bytes: foto('image/png') })
}

/** A picture that its one product has just let go. */
async function suelta() {
  const shop = await openShop()
  const { id } = await crear(shop)
  const bytes = foto('image/png')
  const { json } = await subir(shop, id, { bytes })
  await poner(shop, id, null)
  return { shop, id, bytes, hash: sha256(bytes), imagenUrl: json.imagenUrl }
}

describe('a picture that no product names any more', () => {
  test('can be seen for a day, by whoever has the page open, and goes with the next upload', async () => {
    const { shop, hash } = await suelta()
    shop.clock.advance(graciaImagenMs)
    await barrer(shop)
    expect(await estado(shop, hash)).toBe(200)
    shop.clock.advance(1)
    await barrer(shop)
    expect(await estado(shop, hash)).toBe(404)
  })

  test('can be named again within that day, and stays then', async () => {
    const { shop, id, hash, imagenUrl } = await suelta()
    expect((await poner(shop, id, imagenUrl)).status).toBe(200)
    shop.clock.advance(2 * graciaImagenMs)
    await barrer(shop)
    expect(await estado(shop, hash)).toBe(200)
  })

  test('is named again by a new product, and by an upload of the same bytes', async () => {
    for (const how of ['product', 'upload'] as const) {
      const { shop, id, bytes, hash, imagenUrl } = await suelta()
      if (how === 'product') await crear(shop, { imagenUrl })
      else await subir(shop, id, { bytes })
      shop.clock.advance(2 * graciaImagenMs)
      await barrer(shop)
      expect([how, await estado(shop, hash)]).toEqual([how, 200])
    }
  })

  test('is none while another product, even an archived one, names it', async () => {
    const { shop, id, hash, imagenUrl } = await suelta()
    const other = await crear(shop, { imagenUrl })
    await poner(shop, id, imagenUrl)
    await shop.send('DELETE', `/productos/${other.id}`, { headers: operador })
    await poner(shop, id, '/otra.png')
    shop.clock.advance(2 * graciaImagenMs)
    await barrer(shop)
    expect(await estado(shop, hash)).toBe(200)
  })

  test('does not go when a product changes otherwise', async () => {
    const shop = await openShop()
    const { id } = await crear(shop)
    const bytes = foto('image/png')
    await subir(shop, id, { bytes })
    await shop.send('PATCH', `/productos/${id}`, { body: { precio: 1 }, headers: operador })
    shop.clock.advance(2 * graciaImagenMs)
    await barrer(shop)
    expect(await estado(shop, sha256(bytes))).toBe(200)
  })
})
