import { describe, expect, test } from 'bun:test'
import {
  compactar,
  erroresDe,
  esTrueque,
  formasDe,
  palabrasPlegadas,
  plegar,
  raiz,
} from '../src/values/search-words.ts'

const same = (...words: string[]) => new Set(words.map((word) => raiz(plegar(word)))).size === 1

describe('the root of a word', () => {
  for (const words of [
    ['vela', 'velas'],
    ['café', 'cafés', 'cafe', 'cafes'],
    ['taza', 'tazas'],
    ['té', 'tés'],
    ['verde', 'verdes'],
    ['rojo', 'roja', 'rojos', 'rojas'],
    ['luz', 'luces'],
    ['lápiz', 'lápices'],
    ['dulce', 'dulces'],
    ['camión', 'camiones'],
    ['jabón', 'jabones'],
    ['pan', 'panes'],
    ['pie', 'pies'],
    ['reloj', 'relojes'],
    ['azúcar', 'azúcares'],
    ['papel', 'papeles'],
    ['taxi', 'taxis'],
    ['mug', 'MUG'],
    ['orgánico', 'orgánicas'],
  ]) {
    test(`is one for ${words.join(', ')}, each of which gives the others`, () => {
      expect(same(...words)).toBe(true)
      const folded = words.map(plegar)
      for (const word of folded) expect(formasDe(word)).toEqual(expect.arrayContaining(folded))
    })
  }

  for (const words of [
    ['taza', 'tapa'],
    ['té', 'tela'],
    ['café', 'cafetera'],
    ['casa', 'caza'],
    ['250', '2500'],
    ['l250s', 'l250'],
  ]) {
    test(`is not one for ${words.join(' and ')}`, () => {
      expect(same(...words)).toBe(false)
      const [one = '', other = ''] = words.map(plegar)
      expect(formasDe(one)).not.toContain(other)
    })
  }
})

describe('a word with a mistake', () => {
  test('may be off by a letter from four on, by two from eight on, and never below', () => {
    expect(['tee', 'taza', 'tornilo', 'tornillo'].map(erroresDe)).toEqual([0, 1, 1, 2])
  })

  test('may have two neighbours the other way round', () => {
    expect(esTrueque('tzaa', 'taza')).toBe(true)
    expect(esTrueque('taza', 'taza')).toBe(false)
    expect(esTrueque('azat', 'taza')).toBe(false)
    expect(esTrueque('taz', 'taza')).toBe(false)
  })
})

test('words are letters and digits, folded; a compact text has nothing between them', () => {
  expect(palabrasPlegadas('Té «Verde», 250 g')).toEqual(['te', 'verde', '250', 'g'])
  expect(compactar('CAF-Loja 250')).toBe('cafloja250')
})
