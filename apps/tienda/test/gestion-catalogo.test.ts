import { describe, expect, test } from 'bun:test'
import { reglasDeFila as rules } from '@encargo/service-kit/values/row-rules'
import { leerArchivo } from '../src/backoffice/csv/archivo.ts'
import { maximoBytes } from '../src/backoffice/csv/datos.ts'
import { nombreDe } from '../src/backoffice/csv/descarga.ts'
import type { ErrorFila } from '../src/backoffice/csv/importacion.ts'
import { textoDeFila, useReglasDeFila } from '../src/backoffice/csv/reglas-fila.ts'
import { tramosDe } from '../src/backoffice/csv/tramos.ts'
import { esBaja, type Existencia } from '../src/backoffice/existencias/datos.ts'
import { variacionDe } from '../src/backoffice/existencias/movimiento.ts'
import { leerAtributos } from '../src/backoffice/productos/atributos.tsx'
import { trazoDe } from '../src/backoffice/productos/grafico-precios.tsx'
import { leerEntero } from '../src/formularios/campo-entero.tsx'
import { ErrorDeCampo } from '../src/formularios/formulario.ts'
import { en } from '../src/textos/en.ts'
import { es } from '../src/textos/es.ts'

const reparo = (content: string | Uint8Array<ArrayBuffer>) =>
  leerArchivo(new File([content], 'x.csv'))

describe('a file that somebody chooses', () => {
  test('is held as it was when it was read', async () => {
    const leido = await reparo('\uFEFFsku,nombre\nA,Café\n')
    if (typeof leido === 'string') throw new Error(leido)
    expect(leido.nombre).toBe('x.csv')
    expect([...(await leido.contenido.bytes())].slice(0, 4)).toEqual([0xef, 0xbb, 0xbf, 0x73])
  })

  test('is refused before it is sent when it cannot be what is asked for', async () => {
    expect(await reparo('')).toBe('vacio')
    expect(await reparo(Uint8Array.from([0x50, 0x4b, 0x03, 0x04]))).toBe('esLibro')
    expect(await reparo(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]))).toBe('esLibro')
    expect(await reparo(new Uint8Array(maximoBytes + 1))).toBe('grande')
    const gone = new File(['sku\n'], 'x.csv')
    Object.assign(gone, { arrayBuffer: () => Promise.reject(new Error('gone')) })
    expect(await leerArchivo(gone)).toBe('ilegible')
  })
})

const dicho = (error: Omit<ErrorFila, 'fila' | 'columna' | 'mensaje'>) =>
  textoDeFila(useReglasDeFila.en, en, { fila: 2, columna: 'precio', mensaje: 'no', ...error })

describe('what is wrong with a row', () => {
  test('is said in English by its rule, with what it names', () => {
    expect(dicho({ regla: 'importe', limite: 2, dato: '19.99' })).toBe(
      'This has to be an amount such as 19.99, with up to 2 decimals.',
    )
    expect(dicho({ regla: 'maximo-caracteres', limite: 64 })).toBe('At most 64 characters.')
    expect(dicho({ regla: 'conflicto', dato: '12.00' })).toContain('it is “12.00” now')
    expect(dicho({ regla: 'obligatorio' })).toBe('This field is required.')
    expect(dicho({})).toBeUndefined()
  })

  test('is told in Spanish by the service, and in English for every rule that a file can break', () => {
    expect(
      textoDeFila(useReglasDeFila.es, es, { fila: 2, columna: null, mensaje: 'no' }),
    ).toBeUndefined()
    const wordless = rules.filter((regla) => dicho({ regla, limite: 1, dato: 'x' }) === undefined)
    expect(wordless).toEqual(['objeto', 'nulo', 'formato', 'uuid'])
  })
})

test('long texts are shown where they begin to differ, short ones whole', () => {
  const long = 'Una jarra de barro. '.repeat(10)
  expect(tramosDe('Jarra', 'Jarra azul')).toEqual(['Jarra', 'Jarra azul'])
  expect(tramosDe(`${long}Roja`, `${long}Azul`)).toEqual([
    '…Una jarra de barro. Roja',
    '…Una jarra de barro. Azul',
  ])
  expect(tramosDe('', long)[1]).toBe(`${long.slice(0, 80)}…`)
})

test('a download is called what the service says, if any system takes such a name', () => {
  expect(nombreDe('attachment; filename="productos-2026-01-15.csv"')).toBe(
    'productos-2026-01-15.csv',
  )
  for (const other of [null, '', 'attachment', 'attachment; filename="../../x"', 'inline']) {
    expect(nombreDe(other)).toBeUndefined()
  }
})

describe('stock', () => {
  const existencia: Existencia = {
    productoId: 'a',
    fisico: 10,
    reservado: 2,
    disponible: 8,
    faltan: 0,
    umbralMinimo: 8,
    actualizadoEn: '2026-01-15T12:00:00.000Z',
  }

  test('is low as inventario means it: what is free has come down to the minimum', () => {
    expect(esBaja(existencia)).toBe(true)
    expect(esBaja({ ...existencia, disponible: 9 })).toBe(false)
  })

  test('comes, goes and is counted', () => {
    expect(variacionDe(existencia, 'ENTRADA', 3)).toBe(3)
    expect(variacionDe(existencia, 'SALIDA', 3)).toBe(-3)
    expect(variacionDe(existencia, 'AJUSTE', 3)).toBe(-7)
  })

  test('is typed in whole numbers', () => {
    expect(leerEntero(' 12 ')).toBe(12)
    for (const other of ['', '1,5', '1.5', '-1', '1e3', '0x1', '1234567890123']) {
      expect(leerEntero(other)).toBeUndefined()
    }
  })
})

const formOf = (...pairs: [string, string][]) => {
  const data = new FormData()
  for (const [index, [nombre, valor]] of pairs.entries()) {
    data.append(`atributo-nombre-${index * 3}`, nombre)
    data.append(`atributo-valor-${index * 3}`, valor)
  }
  return data
}
const repetida = (nombre: string) => `${nombre} dos veces`

describe('the details of a product', () => {
  test('are read in pairs, without the spaces around them', () => {
    expect(leerAtributos(formOf([' color ', ' azul'], ['peso', '']), repetida)).toEqual({
      color: 'azul',
      peso: '',
    })
  })

  test('are not lost in silence when one is there twice', () => {
    const twice = formOf(['color', 'azul'], ['peso', '1'], ['color ', 'rojo'])
    expect(() => leerAtributos(twice, repetida)).toThrow(new ErrorDeCampo('x', 'color dos veces'))
  })
})

const desde = (hora: number) => new Date(Date.UTC(2026, 0, 1, hora)).toISOString()
const precio = (cuanto: number, hora: number) => ({
  precio: cuanto,
  moneda: 'USD',
  desde: desde(hora),
})

test('prices are drawn as steps: each holds until the next', () => {
  const ahora = Date.UTC(2026, 0, 1, 8)
  expect(trazoDe([precio(300, 4), precio(100, 0)], ahora)).toBe('M4 60H120V4H236')
  expect(trazoDe([precio(100, 0)], ahora)).toBe('M4 60H236')
  expect(trazoDe([], ahora)).toBe('')
})
