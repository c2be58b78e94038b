import { describe, expect, test } from 'bun:test'
import { parseConfig } from '@encargo/service-kit/run/config'
import { TiendaConfig } from '../src/config.ts'
import { pictureUrl } from '../src/ui/picture-url.ts'

const allowed = ['https://fotos.example', 'https://cdn.example:8443']
const hash = '0123456789abcdef'.repeat(4)

describe('the picture of a product', () => {
  const cases: [string, string | null, string | null][] = [
    ['none', null, null],
    [
      'an uploaded one comes through productos',
      `/imagenes/${hash}`,
      `/api/productos/imagenes/${hash}`,
    ],
    ['another file of our own', '/fotos/1.png', '/fotos/1.png'],
    ['what only looks uploaded', '/imagenes/foto.png', '/imagenes/foto.png'],
    ['one of an allowed origin', 'https://fotos.example/a.png', 'https://fotos.example/a.png'],
    ['one with a port', 'https://cdn.example:8443/a', 'https://cdn.example:8443/a'],
    ['one of another port', 'https://cdn.example/a', null],
    ['one of another origin', 'https://otra.example/a.png', null],
    ['one that only begins like it', 'https://fotos.example.otra.example/a', null],
    ['one without TLS', 'http://fotos.example/a.png', null],
    ['one with a name in it', 'https://fotos.example@otra.example/a', null],
    ['an address without a scheme', '//fotos.example/a.png', null],
    ['rubbish', 'no es nada', null],
  ]
  for (const [why, imagenUrl, shown] of cases) {
    test(`${why}: ${shown ?? 'a still life'}`, () => {
      expect(pictureUrl(imagenUrl, allowed)).toBe(shown)
    })
  }
})

const parse = (text: string) => parseConfig(TiendaConfig, { IMAGE_ORIGINS: text }).IMAGE_ORIGINS

describe('IMAGE_ORIGINS', () => {
  test('is a list of origins, empty unless told', () => {
    expect(parse('')).toEqual([])
    expect(parse('https://a.example, https://b.example:8443')).toEqual([
      'https://a.example',
      'https://b.example:8443',
    ])
  })

  test('takes nothing that would say more than an origin', () => {
    const wrong = [
      'http://a.example',
      'https://a.example/',
      'https://*',
      'https:',
      "https://a.example; script-src 'unsafe-inline'",
      'https://a.example">',
      'https://A.example',
    ]
    for (const text of wrong) expect(() => parse(text)).toThrow('IMAGE_ORIGINS must be')
  })
})
