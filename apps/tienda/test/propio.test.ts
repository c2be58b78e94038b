import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { epochMs, monoMs } from '@encargo/service-kit/async/clock'
import type { Logger } from '@encargo/service-kit/run/logger'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { array, assert, constantFrom, property } from 'fast-check'
import { conPropios } from '../src/propio/propio.ts'
import { CarpetaPropia } from '../src/server/propio/abrir.ts'
import { maximos } from '../src/server/propio/carpeta.ts'
import { paginaDe } from '../src/server/propio/pagina.ts'
import { revisarTextos, textosNuestros } from '../src/server/propio/textos.ts'
import { servirEstatico } from '../src/server/estaticos.ts'
import { en } from '../src/textos/en.ts'
import { es } from '../src/textos/es.ts'
import { construccion as vacia, tienda } from './fakes.ts'

const html = '<!doctype html><head><title>Tienda</title></head><body><div id="raiz"></div></body>'
const pagina = { ...vacia.paginas.es, identidad: new TextEncoder().encode(html) }
const base = { ...vacia, paginas: { es: pagina, en: pagina } }

const trabajo = mkdtempSync(join(tmpdir(), 'encargo-propio-'))
afterAll(() => rmSync(trabajo, { recursive: true, force: true }))

let carpeta: string
let ahora: number
let avisos: string[]
beforeEach(() => {
  carpeta = mkdtempSync(join(trabajo, 'tienda-'))
  ahora = 0
  avisos = []
})

function escribir(archivos: Record<string, string>): void {
  for (const [ruta, texto] of Object.entries(archivos)) {
    mkdirSync(dirname(join(carpeta, ruta)), { recursive: true })
    writeFileSync(join(carpeta, ruta), texto)
  }
}

const logger: Logger = { ...silentLogger, warn: (aviso) => void avisos.push(aviso) }
const clock = { epochMs: () => epochMs(0), monoMs: () => monoMs(ahora) }
const abrir = () => CarpetaPropia.abrir(carpeta, { clock, logger })

async function pedir(propia: CarpetaPropia, ruta: string, idioma = 'es') {
  const request = new Request(`${tienda}${ruta}`, { headers: { 'accept-language': idioma } })
  const respuesta = servirEstatico(request, await propia.con(base))
  if (!respuesta) throw new Error(`nothing is at ${ruta}`)
  return { texto: await respuesta.text(), headers: respuesta.headers }
}

describe('pages of the shop’s own', () => {
  test('stand in the document before any script runs, under their titles, in the reader’s language', async () => {
    escribir({
      'paginas/envios.md': '# Envíos\n\nLlega **mañana**.',
      'paginas/envios.en.md': '# Shipping\n\nIt comes tomorrow.',
      'paginas/quienes-somos.md': 'Dos hermanas.',
    })
    const propia = await abrir()
    const { texto, headers } = await pedir(propia, '/paginas/envios')
    expect(texto).toContain('<title>Envíos - Tienda</title>')
    expect(texto).toContain(
      '>Envíos</h1><div class="escrito max-w-prose"><p>Llega <strong>mañana</strong>.</p>',
    )
    expect(headers.get('content-security-policy')).toBe(base.politica)
    expect((await pedir(propia, '/paginas/envios', 'en')).texto).toContain('It comes tomorrow.')
    expect((await pedir(propia, '/paginas/envios?idioma=en')).texto).toContain('It comes tomorrow.')
    expect((await pedir(propia, '/paginas/quienes-somos', 'en')).texto).toContain(
      '>Quienes somos</h1>',
    )
    expect((await pedir(propia, '/cesta?idioma=en')).headers.get('content-language')).toBe('es')
    // Every page knows of them, for its footer.
    expect((await pedir(propia, '/')).texto).toContain('quienes-somos')
    expect(avisos).toEqual([])
  })

  test('hold nothing that acts: HTML is shown, and links lead to pages', () => {
    const { titulo, html } = paginaDe(
      'a',
      '# <img src=x onerror=a>\n\n<script>a</script>\n\n[a](javascript:a) [b](java&#115;cript:a) [c](/cesta) [d](data:text/html,a)\n\n# Otro',
    )
    expect(titulo).toBe('<img src=x onerror=a>')
    expect(html).not.toMatch(/<(?:script|img)|(?:javascript|data):/)
    expect(html).toContain('<a href="/cesta">c</a>')
    expect(html).toContain('<h2>Otro</h2>')
  })

  test('whatever is written in them', () => {
    const marcas =
      '< > " & [ ] ( ) ! ` : / # &#58; &#x6a; src= onload= script <svg https javascript a'.split(
        ' ',
      )
    const trozo = constantFrom(...marcas, '\n', '\t', ' ', '[x]: javascript:a\n\n[x]')
    const seed = Date.now()
    assert(
      property(array(trozo, { maxLength: 24 }), (trozos) => {
        const hallado: string[] = []
        new HTMLRewriter()
          .on('*', {
            element(uno) {
              const { tagName } = uno
              if (/^(?:script|style|svg|iframe|object|form)$/.test(tagName)) hallado.push(tagName)
              for (const [nombre, valor] of uno.attributes) {
                const dicho = `${nombre}=${valor}`
                if (
                  nombre.startsWith('on') ||
                  (nombre === 'href' && /^\W*javascript\W*:/i.test(valor))
                ) {
                  hallado.push(dicho)
                }
              }
            },
          })
          .transform(paginaDe('a', trozos.join('')).html)
        expect(hallado).toEqual([])
      }),
      { seed, numRuns: 500 },
    )
  })
})

describe('texts of the shop’s own', () => {
  test('take the places of ours, with their values', () => {
    const propios = {
      pie: 'Hecho en Quito',
      'nav.cesta': 'Canasta: {1}',
      'problemas.prohibido': 'No.',
    }
    const textos = conPropios(es, propios)
    expect([textos.pie, textos.nav.cesta(3), textos.nav.pedidos]).toEqual([
      'Hecho en Quito',
      'Canasta: 3',
      es.nav.pedidos,
    ])
    expect(textos.problemas['prohibido']).toBe('No.')
    expect(es.pie).not.toBe('Hecho en Quito')
    expect(conPropios(en, undefined)).toBe(en)
  })

  test('may be all that we tell of ours, and then are the same', () => {
    for (const textos of [es, en]) {
      const nuestros = textosNuestros(textos).map(([ruta, { texto }]) => [ruta, texto])
      const { textos: propios, reparos } = revisarTextos(
        JSON.stringify(Object.fromEntries(nuestros)),
      )
      expect([reparos, Object.entries(propios)]).toEqual([[], nuestros as [string, string][]])
      const despues = conPropios(textos, propios)
      expect(textosNuestros(despues).length).toBe(nuestros.length)
      expect(despues.nav.pedidos).toBe(textos.nav.pedidos)
      expect(despues.confirmar).toEqual(textos.confirmar)
    }
  })

  test('that have no place are left out, and the nearest is named', async () => {
    escribir({
      'textos/es.json':
        '{"piee": "x", "nav.cesta": "{2}", "nav.pedidos": 1, "pie": "Hecho en Quito"}',
    })
    const { texto } = await pedir(await abrir(), '/')
    expect(texto).toContain('Hecho en Quito')
    expect(texto).not.toContain('piee')
    expect(avisos).toEqual([
      'TIENDA_DIR: textos/es.json: "piee" is no text of the shop window; the nearest is "pie"',
      'TIENDA_DIR: textos/es.json: "nav.cesta" holds 1 values, and there is no {2}',
      'TIENDA_DIR: textos/es.json: "nav.pedidos" must be a text of up to 2000 characters',
    ])
  })
})

describe('files of the shop’s own', () => {
  test('are served as they are, and reach nothing when they are opened by themselves', async () => {
    escribir({
      'publico/robots.txt': 'User-agent: *',
      'publico/mis fotos/a.svg': '<svg/>',
      'publico/.well-known/security.txt': 'Contact: mailto:a@b.example',
      'publico/.git/config': 'secreto',
    })
    symlinkSync('/etc/hostname', join(carpeta, 'publico/fuera.txt'))
    const propia = await abrir()
    const robots = await pedir(propia, '/robots.txt')
    expect([robots.texto, robots.headers.get('content-type')]).toEqual([
      'User-agent: *',
      'text/plain;charset=utf-8',
    ])
    expect(robots.headers.get('x-content-type-options')).toBe('nosniff')
    const { headers } = await pedir(propia, '/mis%20fotos/a.svg')
    expect(headers.get('content-security-policy')).toEndWith('; sandbox')
    expect((await pedir(propia, '/.well-known/security.txt')).texto).toStartWith('Contact')
    // These are pages, as any other path is.
    for (const ruta of ['/.git/config', '/fuera.txt']) {
      expect((await pedir(propia, ruta)).headers.get('content-type')).toBe('text/html')
    }
  })
})

describe('the folder', () => {
  test('is looked at again, and stays as it was while something in it is not understood', async () => {
    escribir({ 'paginas/a.md': 'uno' })
    const propia = await abrir()
    const leer = async () => (await pedir(propia, '/paginas/a')).texto
    expect(await leer()).toContain('<p>uno</p>')
    escribir({ 'paginas/a.md': 'dos más' })
    expect(await leer()).toContain('<p>uno</p>')
    ahora += 1_000
    expect(await leer()).toContain('<p>dos más</p>')
    escribir({ 'paginas/a.md': 'tres veces', 'textos/es.json': '{' })
    for (let mirada = 0; mirada < 3; mirada++) {
      ahora += 1_000
      expect(await leer()).toContain('<p>dos más</p>')
    }
    expect(avisos).toEqual([
      expect.stringMatching(/^TIENDA_DIR stays as it was: textos\/es\.json is not understood: /),
    ])
    escribir({ 'textos/es.json': '{}' })
    ahora += 1_000
    expect(await leer()).toContain('<p>tres veces</p>')
  })

  test('says in one sentence why it can’t be used', async () => {
    escribir({ 'textos/en.json': '[]' })
    await expect(abrir()).rejects.toThrow(
      `TIENDA_DIR must be a folder of pages, texts and files, got "${carpeta}": textos/en.json is not understood`,
    )
    rmSync(carpeta, { recursive: true })
    await expect(abrir()).rejects.toThrow(/: ENOENT$/)
    mkdirSync(carpeta)
    for (let n = 0; n <= maximos.archivos; n++) writeFileSync(join(carpeta, `${n}.txt`), '')
    await expect(abrir()).rejects.toThrow(`it has more than ${maximos.archivos} files`)
  })
})
