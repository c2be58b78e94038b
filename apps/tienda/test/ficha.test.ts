import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import {
  cambiosEntre,
  camposFicha,
  crucesDe,
  type Ficha,
  fusionar,
  mismo,
} from '../src/backoffice/productos/ficha.ts'

const antes: Ficha = {
  nombre: 'Taza',
  sku: 'T-1',
  precio: 1_250,
  categoria: 'Cocina',
  descripcion: '',
  imagenUrl: null,
  atributos: { color: 'azul', peso: '300 g' },
  claseImpuesto: 'general',
  pesoGramos: 300,
}

describe('editing a product', () => {
  test('sends what was changed, and nothing else', () => {
    const otra = { ...antes, precio: 1_300, categoria: null }
    expect(cambiosEntre(antes, otra)).toEqual({ precio: 1_300, categoria: null })
    const girada = { ...antes, atributos: { peso: '300 g', color: 'azul' } }
    expect(cambiosEntre(antes, girada)).toEqual({})
    expect(cambiosEntre(antes, { ...antes, atributos: { color: 'azul' } })).toEqual({
      atributos: { color: 'azul' },
    })
  })
})

describe('when somebody else edited first', () => {
  const mia = { ...antes, nombre: 'Taza grande', precio: 1_300 }
  const suya = { ...antes, precio: 1_500, descripcion: 'De barro' }

  test('says what they changed, and where both changed the same', () => {
    const cruces = crucesDe(antes, mia, suya).map(({ campo, choca }) => ({ campo, choca }))
    expect(cruces).toEqual([
      { campo: 'precio', choca: true },
      { campo: 'descripcion', choca: false },
    ])
  })

  test('agreeing by chance is nothing to choose about', () => {
    expect(crucesDe(antes, suya, suya).map(({ choca }) => choca)).toEqual([false, false])
  })

  test('keeps both edits, and of what both changed the chosen one', () => {
    const juntas = { ...antes, nombre: 'Taza grande', descripcion: 'De barro' }
    expect(fusionar({ antes, mia, suya }, { precio: 'mio' })).toEqual({ ...juntas, precio: 1_300 })
    expect(fusionar({ antes, mia, suya }, { precio: 'suyo' })).toEqual({ ...juntas, precio: 1_500 })
    expect(fusionar({ antes, mia, suya }, {})).toEqual({ ...juntas, precio: 1_500 })
  })

  test('never undoes in silence what either of them changed', () => {
    const ficha = fc.record<Ficha>({
      nombre: fc.constantFrom('a', 'b'),
      sku: fc.constantFrom('a', 'b'),
      precio: fc.constantFrom(1, 2),
      categoria: fc.constantFrom('a', null),
      descripcion: fc.constantFrom('', 'b'),
      imagenUrl: fc.constantFrom('/a', null),
      atributos: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2')),
      claseImpuesto: fc.constantFrom('general', 'reducido'),
      pesoGramos: fc.constantFrom(1, null),
    })
    const eleccion = fc.constantFrom('mio', 'suyo', undefined)
    const propiedad = fc.property(ficha, ficha, ficha, eleccion, (base, una, otra, lado) => {
      const elegidos = lado ? Object.fromEntries(camposFicha.map((campo) => [campo, lado])) : {}
      const junta = fusionar({ antes: base, mia: una, suya: otra }, elegidos)
      const chocan = crucesDe(base, una, otra).filter(({ choca }) => choca)
      for (const campo of camposFicha) {
        const choca = chocan.some((uno) => uno.campo === campo)
        const esperada = choca
          ? lado === 'mio'
            ? una
            : otra
          : mismo(campo, base, una)
            ? otra
            : una
        expect(mismo(campo, junta, esperada)).toBe(true)
      }
    })
    const seed = Date.now() % 1_000_000
    console.log(`merging edits, seed ${seed}`)
    fc.assert(propiedad, { seed, numRuns: 500 })
  })
})
