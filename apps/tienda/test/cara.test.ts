import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { parseConfig } from '@encargo/service-kit/run/config'
import { testOutside } from '@encargo/service-kit/testing/outside'
import type { TiendaDicha } from '../src/cara/dicha.ts'
import { leerCara } from '../src/cara/de-la-pagina.ts'
import { TiendaConfig } from '../src/config.ts'
import { abrir } from '../src/server/abrir.ts'
import { crearServicios } from './fakes.ts'

const huella = 'ab'.repeat(32)

/** A shop as auth tells of it, with all that could break out of a page. */
const bazar: TiendaDicha = {
  nombre: 'Bazar <del> "Barranco" & Cía',
  lema: 'Hecho aquí; </style><script>alert(1)</script>',
  idioma: 'en',
  zonaHoraria: 'America/Guayaquil',
  colores: { principal: '#8a1c5b', fondo: null },
  logo: { url: `/tienda/imagenes/logo/${huella}`, ancho: 240, alto: 80 },
  icono: null,
  contacto: { email: 'hola@bazar.example', telefono: null, direccion: null, horario: null },
  terminos: 'Sin devoluciones.',
  privacidad: null,
  portada: {
    titulo: 'Rebajas',
    texto: null,
    imagen: { url: `/tienda/imagenes/portada/${huella}` },
    enlace: null,
  },
  categoriasDestacadas: ['Tés'],
}

const nobody = (): Response => new Response(null, { status: 503 })

/** auth, as somebody else sets it up; timers go off when the test says so. */
function world() {
  let answer: (request: Request) => Response = nobody
  const { pedidas, fetch } = crearServicios((request) => answer(request))
  const due: { work: () => void; ms: number }[] = []
  return {
    asked: pedidas,
    fetch,
    due,
    timer: (work: () => void, ms: number) => {
      const one = { work, ms }
      due.push(one)
      return () => void (due.includes(one) && due.splice(due.indexOf(one), 1))
    },
    says(tienda: unknown, etag: string) {
      answer = ({ headers }) =>
        headers.get('if-none-match') === etag
          ? new Response(null, { status: 304, headers: { etag } })
          : Response.json(tienda, { headers: { etag } })
    },
    isAway: () => void (answer = nobody),
  }
}

const { says, isAway, due, timer, asked, fetch } = world()
let opened: Awaited<ReturnType<typeof abrir>>

beforeAll(async () => {
  const config = parseConfig(TiendaConfig, { IMAGE_ORIGINS: 'https://fotos.example' })
  opened = await abrir(config, testOutside({ fetch, timer }))
})
afterAll(() => opened.close())

const ask = (path: string, init?: RequestInit) =>
  opened.app.fetch(new Request(`http://tienda.example${path}`, init))

/** A page, and what a browser finds in it. */
async function page(headers: Record<string, string> = {}) {
  const answer = await ask('/', { headers })
  const found: Record<string, string> = {}
  const note = (name: string, text: string | null) =>
    void (found[name] = (found[name] ?? '') + text)
  const rewriter = new HTMLRewriter()
    .on('meta[name=cara]', { element: (one) => note('cara', one.getAttribute('content')) })
    .on('meta[name=description]', { element: (one) => note('lema', one.getAttribute('content')) })
    .on('link[rel=icon]', { element: (one) => note('icono', one.getAttribute('href')) })
    .on('html', { element: (one) => note('lang', one.getAttribute('lang')) })
    .on('[data-nombre] img', { element: (one) => note('logo', one.getAttribute('src')) })
    .on('title', { text: ({ text }) => note('title', text) })
    .on('script', { element: (one) => note('guiones', one.hasAttribute('src') ? 'src' : 'inline') })
    .on('style', { text: ({ text }) => note('style', text) })
    .on('[data-nombre]', { text: ({ text }) => note('nombre', text) })
  await rewriter.transform(answer.clone()).text()
  return { answer, html: await answer.text(), found }
}

/** As a browser gives an attribute: without its entities. */
const attribute = (text = '') =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')

const told = (content: string | undefined) =>
  leerCara({ querySelector: () => ({ getAttribute: () => attribute(content) }) })

/** Lets the pause that was asked for pass, and gives how long the next one is to be. */
async function nextRound() {
  due.pop()?.work()
  while (due.length === 0) await new Promise((resolve) => setImmediate(resolve))
  return due[0]?.ms
}

const refresh = async () => void (await ask('/api/auth/tienda', { method: 'PUT' }))

describe('the shop’s own face', () => {
  test('nobody waits for: before auth was heard, the pages are those of a shop without a name', async () => {
    isAway()
    const { found, answer, html } = await page({ 'accept-language': 'fr' })
    expect([found['title'], found['lang'], found['style']]).toEqual(['Tienda', 'es', undefined])
    expect(told(found['cara'])).toMatchObject({ nombre: null, zonaHoraria: null, logo: null })
    expect(html).not.toContain('Encargo')
    expect(answer.headers.get('content-security-policy')).toContain("style-src 'self';")
    const english = await page({ 'accept-language': 'en' })
    expect([english.found['title'], english.found['nombre']?.trim()]).toEqual(['Shop', 'Shop'])
  })

  test('is asked for again soon while auth is away or nobody has given it one, and then seldom', async () => {
    opened.start?.()
    while (due.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(due.map(({ ms }) => ms)).toEqual([1_000])
    says({ ...bazar, nombre: 'Tienda' }, '"0"')
    expect(await nextRound()).toBe(2_000)
    says(bazar, '"1"')
    expect(await nextRound()).toBe(60_000)
  })

  test('stands in the page before any script runs, and breaks nothing there', async () => {
    const { found, html, answer } = await page({ 'accept-language': 'fr' })
    expect(attribute(found['title'])).toBe('Bazar <del> "Barranco" & Cía')
    expect(found['logo']).toBe(`/api/auth/tienda/imagenes/logo/${huella}`)
    expect(answer.headers.get('link')).toContain(
      `</api/auth/tienda/imagenes/portada/${huella}>; rel=preload; as=image`,
    )
    expect(attribute(found['lema'])).toBe(bazar.lema ?? '')
    expect([found['lang'], found['icono']]).toEqual([
      'en',
      `/api/auth/tienda/imagenes/logo/${huella}`,
    ])
    expect(told(found['cara'])).toMatchObject({
      nombre: bazar.nombre,
      zonaHoraria: 'America/Guayaquil',
      logo: { url: `/api/auth/tienda/imagenes/logo/${huella}`, ancho: 240 },
      terminos: true,
      privacidad: false,
    })
    // How long the terms are is no matter of every page.
    expect(html).not.toContain('Sin devoluciones')
    expect(found['guiones']).toBe('src')
    expect(found['style']).toContain('--color-acento:#8a1c5b')
    const hash = new Bun.CryptoHasher('sha256').update(found['style'] ?? '').digest('base64')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain(`style-src 'self' 'sha256-${hash}';`)
    expect(policy).toContain('https://fotos.example')
  })

  test('is another page for the browser that has the one before', async () => {
    const etag = (await page()).answer.headers.get('etag') ?? ''
    expect((await ask('/', { headers: { 'if-none-match': etag } })).status).toBe(304)
    says({ ...bazar, nombre: 'Otro' }, '"2"')
    await refresh()
    const after = await ask('/', { headers: { 'if-none-match': etag } })
    expect([after.status, (await after.text()).includes('Otro')]).toEqual([200, true])
  })

  test('stays as it was last known while auth is away or talks nonsense', async () => {
    for (const answer of [{}, { ...bazar, colores: { principal: 'red}', fondo: null } }]) {
      says(answer, '"malo"')
      await refresh()
      expect((await page()).found['title']).toBe('Otro')
    }
    isAway()
    const before = asked.length
    expect([await nextRound(), asked.length - before]).toEqual([10_000, 1])
    expect((await page()).found['title']).toBe('Otro')
  })
})
