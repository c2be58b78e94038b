import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { contraste, leerColor, mezclar } from '../src/cara/colores.ts'
import { type Colores, deLaCasa, derivar, hojaDe } from '../src/cara/paleta.ts'

const color = fc
  .integer({ min: 0, max: 0xff_ff_ff })
  .map((cifras) => `#${cifras.toString(16).padStart(6, '0')}`)

const chosen = fc.record({
  principal: fc.option(color, { nil: null }),
  fondo: fc.option(color, { nil: null }),
})

/** What of `mine` is to be read on what, by the names of the style sheet. */
function pairs(mine: Readonly<Record<string, string>>): [string, string][] {
  const { acento = '', papel = '', fondo = '', hundido = '', suave = '', tinta = '' } = mine
  const tenue = mine['acento-tenue'] ?? papel
  const texts = ['suave', 'tinta', 'bien', 'ojo', 'mal'].flatMap((name) => mine[name] ?? [])
  return [
    ...[fondo, papel, hundido].flatMap((under): [string, string][] =>
      [acento, mine['acento-fuerte'] ?? acento, ...texts].map((over) => [over, under]),
    ),
    [acento, tenue],
    [mine['acento-fuerte'] ?? acento, tenue],
    [suave, tenue],
    [tinta, tenue],
    [mine['sobre-acento'] ?? papel, acento],
    [mine['sobre-acento'] ?? papel, mine['acento-fuerte'] ?? acento],
  ]
}

describe('the colours of a shop', () => {
  test('whatever is chosen, text stands out from what is behind it in both themes (WCAG AA)', () => {
    const legible = fc.property(chosen, (colores: Colores) => {
      const { claro, oscuro } = derivar(colores)
      for (const mine of [
        { ...deLaCasa.claro, ...claro },
        { ...deLaCasa.oscuro, ...oscuro },
      ]) {
        for (const [over, under] of pairs(mine)) {
          expect(contraste(over, under)).toBeGreaterThanOrEqual(4.5)
        }
      }
    })
    const seed = Date.now() % 1_000_000
    console.log(`colours, seed ${seed}`)
    fc.assert(legible, { seed, numRuns: 300 })
  })

  test('one that can be read as it is stays as it is; another is told with what takes its place', () => {
    const azul = derivar({ principal: '#1d4ed8', fondo: null })
    expect(azul.claro.acento).toBe('#1d4ed8')
    expect(azul.ajustes.map(({ tema }) => tema)).toEqual(['oscuro'])
    const amarillo = derivar({ principal: '#ffd400', fondo: '#000000' })
    expect(amarillo.oscuro.acento).toBe('#ffd400')
    expect(amarillo.ajustes).toEqual([
      { tema: 'claro', de: 'fondo', usado: amarillo.claro.fondo ?? '' },
      { tema: 'claro', de: 'principal', usado: amarillo.claro.acento ?? '' },
    ])
  })

  test('of none chosen nothing is said, and one alone leaves the rest to the house', () => {
    expect(hojaDe({ principal: null, fondo: null })).toBe('')
    const soloFondo = derivar({ principal: null, fondo: '#fdf2f8' })
    expect([soloFondo.claro.fondo, soloFondo.oscuro]).toEqual(['#fdf2f8', {}])
    expect(soloFondo.claro.acento).toBe(deLaCasa.claro.acento)
    expect(hojaDe({ principal: null, fondo: '#fdf2f8' })).not.toContain('tema=oscuro]{')
  })

  test('what is reckoned with is what the style sheet says', async () => {
    const css = await Bun.file(join(import.meta.dir, '..', 'src', 'estilos.css')).text()
    for (const [at, theme] of Object.values(deLaCasa).entries()) {
      for (const [name, value] of Object.entries(theme)) {
        const both = new RegExp(`--color-${name}: light-dark\\((\\S+), (\\S+)\\);`).exec(css)
        expect([name, both?.[at + 1]]).toEqual([name, value])
      }
    }
  })
})

describe('a colour', () => {
  test('is read as people write it, and nothing else is one', () => {
    expect([leerColor(' #1F5C4A '), leerColor('1f5c4a'), leerColor('#ABC')]).toEqual([
      '#1f5c4a',
      '#1f5c4a',
      '#aabbcc',
    ])
    for (const wrong of ['', '#12', '#1234567', 'red', '#12345g', 'url(#a)']) {
      expect(leerColor(wrong)).toBeUndefined()
    }
  })

  test('contrasts as WCAG reckons, and mixes', () => {
    expect(contraste('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contraste('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
    expect([mezclar('#000000', '#ffffff', 0.5), mezclar('#102030', '#ffffff', 0)]).toEqual([
      '#808080',
      '#102030',
    ])
  })
})
