import { describe, expect, test } from 'bun:test'
import { deflateSync } from 'node:zlib'
import { maxBytesImagen } from '../src/domain/imagen-tienda.ts'
import { TiendaVista } from '../src/http/tienda-schemas.ts'
import { bodyOf, createHarness, refusal } from './fixture.ts'

const u32 = (n: number) => Buffer.from([n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255])

/** A chunk of a PNG. */
function trozo(nombre: string, datos: Uint8Array) {
  const dentro = Buffer.concat([Buffer.from(nombre, 'latin1'), datos])
  return Buffer.concat([u32(datos.length), dentro, u32(Bun.hash.crc32(dentro))])
}

/** A PNG that says it has this size, of one colour. */
function png(ancho: number, alto: number, { gris = 0, resto = Buffer.alloc(0) } = {}) {
  const lineas = Buffer.alloc(Math.min((ancho + 1) * alto, 1 << 20), gris)
  for (let y = 0; y < alto && (ancho + 1) * y < lineas.length; y++) lineas[(ancho + 1) * y] = 0
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    trozo('IHDR', Buffer.concat([u32(ancho), u32(alto), Buffer.from([8, 0, 0, 0, 0])])),
    resto,
    trozo('IDAT', deflateSync(lineas)),
    trozo('IEND', Buffer.alloc(0)),
  ])
}
const svg = (atributos: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${atributos}><path d="M0 0h9v9z"/></svg>`)

interface Subida {
  readonly bytes: Uint8Array
  readonly uso?: string
  readonly tipo?: string
  readonly headers?: Record<string, string>
}

async function abrir() {
  const harness = await createHarness()
  const { app, send } = harness
  const { headers: deJefa } = await harness.admin()
  const subir = async ({ bytes, uso = 'logo', tipo = 'image/png', headers = deJefa }: Subida) =>
    await app.handle(
      new Request(`http://localhost/tienda/imagenes/${uso}`, {
        method: 'PUT',
        headers: { ...headers, 'content-type': tipo },
        body: bytes,
      }),
    )
  const quitar = (uso: string, headers = {}) =>
    send(`/tienda/imagenes/${uso}`, 'DELETE', undefined, { ...deJefa, ...headers })
  const ver = async () => await bodyOf(await send('/tienda'), TiendaVista)
  const logo = async (subida: Subida) =>
    (await bodyOf(await subir(subida), TiendaVista)).logo ?? { url: '', ancho: -1, alto: -1 }
  return { ...harness, deJefa, subir, quitar, ver, logo }
}

describe('PUT /tienda/imagenes/:uso', () => {
  test('keeps a picture with its size, and names it in the shop', async () => {
    const { subir, ver, send } = await abrir()
    const bytes = png(40, 20)
    const answer = await subir({ bytes })
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"1"'])
    const { logo, version } = await ver()
    expect(logo).toMatchObject({ tipo: 'image/png', ancho: 40, alto: 20 })
    expect(version).toBe(1)
    const seen = await send(logo?.url ?? '')
    expect(seen.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await seen.arrayBuffer())).toEqual(bytes)
  })

  test.each(['jpeg', 'webp'] as const)('takes %s as well', async (kind) => {
    const { logo } = await abrir()
    const bytes = await new Bun.Image(png(40, 20))[kind]().bytes()
    expect(await logo({ bytes, tipo: `image/${kind}` })).toMatchObject({ ancho: 40, alto: 20 })
  })

  test.each([
    ['width="120" height="40"', 120, 40],
    ['width="120px" height="40.4px" viewBox="0 0 12 4"', 120, 40],
    ["viewBox='0 0 64 32'", 64, 32],
    ['width="100%" height="100%" viewBox="0,0,64,32"', 64, 32],
    ['width="10em"', null, null],
    ['stroke-width="3"', null, null],
    ['width="1e9" height="99999999999" viewBox="0 0 0 -4"', null, null],
  ])('takes a drawing, and knows how large one with %s is', async (atributos, ancho, alto) => {
    const { logo } = await abrir()
    const bytes = svg(atributos)
    expect(await logo({ bytes, tipo: 'image/svg+xml' })).toMatchObject({ ancho, alto })
  })

  test('takes a drawing that begins as programs write it', async () => {
    const { logo } = await abrir()
    const head = '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- Made by hand -->\n'
    const doctype =
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">\n'
    const bytes = Buffer.concat([Buffer.from(head + doctype), svg('width="5" height="6"')])
    expect(await logo({ bytes, tipo: 'image/svg+xml' })).toMatchObject({ ancho: 5, alto: 6 })
  })

  test('tells at once what is no drawing, however many comments stand before it', async () => {
    const { subir } = await abrir()
    for (const comment of ['<!---->', '<!-- -->\n', '<!--', '<?xml ?>', '<!DOCTYPE svg>']) {
      const bytes = Buffer.from(comment.repeat(maxBytesImagen / comment.length))
      expect(await refusal(await subir({ bytes, tipo: 'image/svg+xml' }))).toBe(
        '415 tipo-no-admitido',
      )
    }
    // Milliseconds where each byte is looked at once, ten seconds where it is looked at ever again.
  }, 5_000)

  test('gives away nothing that a picture says besides what is seen', async () => {
    const { logo, send } = await abrir()
    const resto = trozo('tEXt', Buffer.from('GPS\0-2.9001'))
    const { url } = await logo({ bytes: png(4, 4, { resto }) })
    expect(await (await send(url)).text()).not.toContain('GPS')
  })

  test('takes no bytes that are not what their type says, and keeps nothing', async () => {
    const { subir, ver } = await abrir()
    const wrong: [string, Uint8Array][] = [
      ['image/jpeg', png(4, 4)],
      ['image/svg+xml', png(4, 4)],
      ['image/png', svg('')],
      ['image/png', Buffer.alloc(0)],
      ['image/png', png(4, 4).subarray(0, 20)],
      // A few bytes that would be gigabytes on every visitor's screen.
      ['image/png', png(100_000, 100_000)],
      ['image/gif', Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64')],
      ['image/svg+xml', Buffer.from('<html><svg></svg></html>')],
      ['image/svg+xml', Buffer.from('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>')],
      ['text/html', svg('')],
    ]
    for (const [tipo, bytes] of wrong) {
      expect([tipo, await refusal(await subir({ bytes, tipo }))]).toEqual([
        tipo,
        '415 tipo-no-admitido',
      ])
    }
    expect((await ver()).version).toBe(0)
  })

  test('takes 512 KiB and not a byte more', async () => {
    const { subir } = await abrir()
    const most = Buffer.alloc(maxBytesImagen, ' ')
    svg('width="9" height="9"').copy(most)
    expect((await subir({ bytes: most, tipo: 'image/svg+xml' })).status).toBe(200)
    const more = Buffer.concat([most, Buffer.from(' ')])
    expect(await refusal(await subir({ bytes: more, tipo: 'image/svg+xml' }))).toBe(
      '413 cuerpo-demasiado-grande',
    )
  })

  test('is for admins, of a known use, and of the version that they saw', async () => {
    const { subir, cliente, ver, deJefa } = await abrir()
    const ana = await cliente()
    const bytes = png(4, 4)
    expect(await refusal(await subir({ bytes, headers: {} }))).toBe('401 no-autenticado')
    expect(await refusal(await subir({ bytes, headers: ana.headers }))).toBe('403 prohibido')
    expect(await refusal(await subir({ bytes, uso: 'fondo' }))).toBe('422 datos-invalidos')
    const late = { ...deJefa, 'if-match': '"7"' }
    expect(await refusal(await subir({ bytes, headers: late }))).toBe('412 version-distinta')
    expect((await ver()).version).toBe(0)
  })

  test('of the same picture again changes nothing', async () => {
    const { subir, ver } = await abrir()
    await subir({ bytes: png(4, 4) })
    await subir({ bytes: png(4, 4) })
    expect((await ver()).version).toBe(1)
    await subir({ bytes: png(4, 4), uso: 'icono' })
    const { icono, logo, version } = await ver()
    expect([icono?.ancho, logo?.ancho, version]).toEqual([4, 4, 2])
  })
})

test('a picture can be taken away, once', async () => {
  const { subir, quitar, ver } = await abrir()
  await subir({ bytes: png(4, 4), uso: 'portada' })
  expect((await ver()).portada.imagen).toMatchObject({ ancho: 4 })
  expect(await refusal(await quitar('portada', { 'if-match': '"0"' }))).toBe('412 version-distinta')
  for (const answer of [await quitar('portada'), await quitar('portada'), await quitar('logo')]) {
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"2"'])
  }
  expect((await ver()).portada.imagen).toBeNull()
})

describe('GET /tienda/imagenes/:uso/:huella', () => {
  test('is for everybody and for good, and what it answers runs nothing wherever it is opened', async () => {
    const { logo, send } = await abrir()
    const bytes = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    )
    const { url } = await logo({ bytes, tipo: 'image/svg+xml' })
    const { headers } = await send(url)
    expect(headers.get('content-type')).toBe('image/svg+xml')
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    const policy = headers.get('content-security-policy')?.split('; ')
    expect(policy).toEqual(["default-src 'none'", "style-src 'unsafe-inline'", 'sandbox'])
    const known = await send(url, 'GET', undefined, { 'if-none-match': headers.get('etag') })
    expect([
      known.status,
      known.headers.get('content-security-policy')?.includes('sandbox'),
    ]).toEqual([304, true])
  })

  test('shows the last few that were there before to pages that still name them, and no more', async () => {
    const { logo, send, clock, quitar } = await abrir()
    const urls: string[] = []
    for (let gris = 0; gris < 6; gris++) {
      clock.advance(1)
      urls.push((await logo({ bytes: png(4, 4, { gris }) })).url)
    }
    const seen = async () =>
      (await Promise.all(urls.map((url) => send(url)))).map(({ status }) => status)
    expect(await seen()).toEqual([404, 200, 200, 200, 200, 200])
    clock.advance(1)
    await quitar('logo')
    expect(await seen()).toEqual([404, 404, 200, 200, 200, 200])
    // What is put back is one picture again.
    clock.advance(1)
    expect((await logo({ bytes: png(4, 4, { gris: 2 }) })).url).toBe(urls[2] ?? '')
    expect(await seen()).toEqual([404, 404, 200, 200, 200, 200])
  })

  test('of an unknown one is 404, and 422 of what is no hash', async () => {
    const { send } = await abrir()
    expect(await refusal(await send(`/tienda/imagenes/logo/${'a'.repeat(64)}`))).toBe(
      '404 no-encontrado',
    )
    expect(await refusal(await send('/tienda/imagenes/logo/x'))).toBe('422 datos-invalidos')
  })
})
