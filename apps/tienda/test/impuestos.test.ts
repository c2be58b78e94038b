import { expect, test } from 'bun:test'
import { clasesDe } from '../src/backoffice/impuestos/clases.ts'
import { leerTasa, tasaParaEditar } from '../src/formularios/tasa.ts'

const de = (codigo: string, desde: number) => ({
  codigo,
  desde: new Date(desde).toISOString(),
  nombre: 'IVA',
  tasa: desde,
  modo: 'incluido' as const,
})

test('a percentage is read as it is written, and nothing is rounded', () => {
  const leidas = { '15': 1500, '10,5': 1050, ' 10.5 % ': 1050, '5,25%': 525, '0': 0, '100': 10_000 }
  for (const [escrita, tasa] of Object.entries(leidas))
    expect([escrita, leerTasa(escrita)]).toEqual([escrita, tasa])
  const malas = ['', 'x', '-1', '100,01', '1,234', '1e1', '10 5', '1000']
  for (const mala of malas) expect([mala, leerTasa(mala)]).toEqual([mala, undefined])
  for (const tasa of [0, 1, 525, 1050, 10_000]) {
    for (const region of ['es-EC', 'en-US'])
      expect(leerTasa(tasaParaEditar(tasa, region))).toBe(tasa)
  }
})

test('a class is what it is now and what it will be next, and the general one is always there', () => {
  const historial = [
    de('reducido', 900),
    de('reducido', 500),
    de('reducido', 200),
    de('cero', 100),
    de('reducido', 10),
  ]
  const vistas = (ahora: number) =>
    clasesDe(historial, ahora).map(({ codigo, vigente, proximo }) => [
      codigo,
      vigente?.tasa ?? null,
      proximo?.tasa ?? null,
    ])
  expect(vistas(200)).toEqual([
    ['general', null, null],
    ['cero', 100, null],
    ['reducido', 200, 500],
  ])
  expect(vistas(5).at(-1)).toEqual(['reducido', null, 10])
  expect(vistas(1000).at(-1)).toEqual(['reducido', 900, null])
})
