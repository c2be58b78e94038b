import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { ErroresImportacion } from '../src/errores.ts'
import { rechazoDe } from '../src/http/rechazo.ts'
import type { FormatoCsv } from '../src/cabecera.ts'
import { leerBooleano, leerEntero, leerPrecio } from '../src/celdas.ts'
import { comoCsv } from '../src/escribir.ts'
import { leerCsv } from '../src/leer.ts'
import { respuestaCsv } from '../src/descarga.ts'
import { TurnosImportacion } from '../src/http/turnos.ts'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { anyCharacter } from '@encargo/service-kit/testing/texts'

const columnas = ['sku', 'nombre', 'precio'] as const
type Columna = (typeof columnas)[number]
const separador = ','

const formato: FormatoCsv<Columna> = {
  columnas,
  falta: (presentes) => (presentes.has('sku') ? undefined : ['sku']),
  maxFilas: 1000,
}

/** The bytes in pieces of a size. */
async function* pieces(bytes: Uint8Array, size: number) {
  for (let from = 0; from < bytes.byteLength; from += size) yield bytes.subarray(from, from + size)
}

async function read(content: string | Uint8Array, size = 1 << 20, maxFilas = 1000) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const errores = new ErroresImportacion()
  const filas: unknown[] = []
  for await (const { fila, celdas } of leerCsv(
    pieces(bytes, size),
    { ...formato, maxFilas },
    errores,
  )) {
    filas.push([fila, celdas.sku, celdas.nombre])
  }
  return {
    filas,
    errores: errores
      .primeros()
      .map(({ fila, columna, mensaje }) => [fila, columna, mensaje] as const),
    total: errores.total,
  }
}

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')

describe('a CSV file', () => {
  const same = [
    [2, 'A', 'uno'],
    [3, 'B', 'dos'],
  ]
  const spellings = {
    'with commas': 'sku,nombre\nA,uno\nB,dos\n',
    'with semicolons': 'sku;nombre\nA;uno\nB;dos\n',
    'with CRLF and no last line break': 'sku,nombre\r\nA,uno\r\nB,dos',
    'with CR alone': 'sku,nombre\rA,uno\rB,dos\r',
    'with a byte order mark': '\uFEFFsku,nombre\nA,uno\nB,dos\n',
    'with quotes': '"sku","nombre"\n"A","uno"\n"B","dos"\n',
    'with columns in another order': 'nombre,sku\nuno,A\ndos,B\n',
    'with capitals and blanks in its header': ' SKU ,Nombre\nA,uno\nB,dos\n',
    'with blank lines at its end': 'sku,nombre\nA,uno\nB,dos\n\n,\n , \n',
    'with the line that tells Excel its separator': '\uFEFFsep=;\r\nsku;nombre\r\nA;uno\r\nB;dos',
    'with that line in quotes, for a separator of its own': '"sep=|"\nsku|nombre\nA|uno\nB|dos\n',
    'with tabs': 'sku\tnombre\nA\tuno\nB\tdos\n',
    'with empty columns at its end': 'sku,nombre,,\nA,uno,,\nB,dos,,,,\n',
    'with accents and dashes in its header': 'SKU,Nómbre_\nA,uno\nB,dos\n',
  }
  for (const [how, content] of Object.entries(spellings)) {
    test(`is read ${how}, in whatever pieces it comes`, async () => {
      for (const size of [1, 2, 3, 7, 1 << 20]) {
        const { filas, ...rest } = await read(content, size)
        const de = content.includes('sep=') ? 1 : 0
        expect(filas).toEqual(same.map(([fila, ...cells]) => [Number(fila) + de, ...cells]))
        expect(rest).toEqual({ errores: [], total: 0 })
      }
    })
  }

  for (const [how, bytes] of Object.entries({
    'in Windows-1252': Buffer.from(
      'sku;nombre\r\nA;uno\r\nB;a\xf1o \x80\x96\r\nC;\xe1\r\n',
      'latin1',
    ),
    'in UTF-16 with tabs, as "Unicode text"': utf16(
      'sku\tnombre\r\nA\tuno\r\nB\taño €–\r\nC\tá\r\n',
    ),
    'in UTF-16, big-endian': utf16('sku;nombre\r\nA;uno\r\nB;año €–\r\nC;á\r\n').swap16(),
  })) {
    test(`is read ${how}, as Excel saves it`, async () => {
      for (const size of [1, 3, 7, 1 << 20]) {
        const { filas, errores } = await read(bytes, size)
        expect(errores).toEqual([])
        expect(filas).toEqual([
          [2, 'A', 'uno'],
          [3, 'B', 'año €–'],
          [4, 'C', 'á'],
        ])
      }
    })
  }

  test('may have separators, quotes and line breaks of all kinds inside quotes', async () => {
    const content = 'sku,nombre\r\n"A;,","dice ""ah""\r\ny\nz\r"\r\nB,dos\r\n"C\n",x\r\nD,y\r\n'
    expect((await read(content)).filas).toEqual([
      [2, 'A;,', 'dice "ah"\r\ny\nz\r'],
      [6, 'B', 'dos'],
      [7, 'C\n', 'x'],
      [9, 'D', 'y'],
    ])
  })

  test('of only a header has no rows, and none of no bytes is a file', async () => {
    expect(await read('sku\n')).toEqual({ filas: [], errores: [], total: 0 })
    expect((await read('')).errores).toEqual([[1, null, 'el archivo está vacío']])
  })

  test('of one column has no separator to tell', async () => {
    expect((await read('sku\nA\n\nB\n')).filas).toEqual([
      [2, 'A', undefined],
      [4, 'B', undefined],
    ])
  })
})

describe('a header', () => {
  for (const [header, errores] of [
    ['sku,color', [[1, 'color', 'la columna no se admite; las columnas son sku, nombre, precio']]],
    ['sku,nombre,SKU', [[1, 'sku', 'la columna está dos veces']]],
    ['nombre,precio', [[1, null, 'falta la columna sku']]],
    [
      'sku|nombre',
      [
        [1, 'sku|nombre', expect.any(String)],
        [1, null, 'falta la columna sku'],
      ],
    ],
  ] as const) {
    test(`is refused by name: ${header}`, async () => {
      const result = await read(`${header}\nA,B,C\n`)
      expect(result.filas).toEqual([])
      expect<unknown>(result.errores).toEqual(errores)
    })
  }
})

describe('a row that cannot be read', () => {
  test('is told by its line, and the others are read', async () => {
    const { filas, errores } = await read(
      'sku,nombre\nA,uno\nB\n"C\nc",tres\nD,cuatro,5\nE,cinco\n',
    )
    expect(filas).toEqual([
      [2, 'A', 'uno'],
      // What a spreadsheet left out at the end was empty.
      [3, 'B', ''],
      [4, 'C\nc', 'tres'],
      [7, 'E', 'cinco'],
    ])
    expect(errores).toEqual([
      [6, null, 'dice algo en la columna 3, que no tiene nombre en la cabecera'],
    ])
  })

  const broken = {
    'quotes that are not closed': 'sku,nombre\nA,uno\nB,"dos\nC,tres\n',
    'text behind closing quotes': 'sku,nombre\nA,uno\nB,"dos"x\nC,tres\n',
    'quotes in the middle': 'sku,nombre\nA,uno\nB,do"s\nC,tres\n',
    'more than a row may have': `sku,nombre\nA,uno\nB,${'x'.repeat(300_000)}\nC,tres\n`,
  }
  for (const [what, content] of Object.entries(broken)) {
    test(`ends the reading there: ${what}`, async () => {
      for (const size of [4096, 1 << 20]) {
        const { filas, errores } = await read(content, size)
        expect(filas).toEqual([[2, 'A', 'uno']])
        expect(errores).toEqual([[3, null, expect.any(String)]])
      }
    })
  }

  test('is one in no encoding that spreadsheets write', async () => {
    const nowhere = Buffer.from('sku,nombre\nA,uno\nB,a\x81o\nC,tres\n', 'latin1')
    const half = Buffer.concat([Buffer.from('sku,nombre\nA,ñu\nB,'), Buffer.from([0xf1, 0x0a])])
    for (const [bytes, line] of [
      [nowhere, [2, 'A', 'uno']],
      [half, [2, 'A', 'ñu']],
    ] as const) {
      for (const size of [1, 3, 1 << 20]) {
        const { filas, errores } = await read(bytes, size)
        expect<unknown>(filas).toEqual([line])
        expect(errores).toEqual([[3, null, expect.stringContaining('UTF-8')]])
      }
    }
    const lone = Buffer.concat([
      Buffer.from('\uFEFFsku,nombre\n', 'utf16le'),
      Buffer.from([0, 0xd8]),
    ])
    expect((await read(lone)).errores).toEqual([[2, null, expect.stringContaining('UTF-8')]])
  })

  test('is one too many', async () => {
    const { filas, errores } = await read('sku\nA\n\nB\nC\nD\n', 1 << 20, 2)
    expect(filas).toHaveLength(2)
    expect(errores).toEqual([[5, null, 'el archivo tiene más de 2 filas; divídelo']])
  })
})

test('errors are all counted, and the first 200 by line are told', async () => {
  const errores = new ErroresImportacion()
  for (let fila = 1000; fila > 0; fila--)
    errores.anotar(fila, 'sku', { mensaje: 'no', regla: 'entero' })
  expect(errores.total).toBe(1000)
  expect(errores.primeros().map(({ fila }) => fila)).toEqual(
    Array.from({ length: 200 }, (_, index) => index + 1),
  )
  expect(rechazoDe(errores)).toMatchObject({ code: 422, response: { status: 422, total: 1000 } })
})

async function* cutOff() {
  yield new TextEncoder().encode('sku\nA\n')
  throw new RangeError('cut off')
}

async function readCutOff() {
  for await (const fila of leerCsv(cutOff(), formato, new ErroresImportacion())) void fila
}

test('what breaks the source breaks the reading, with the same error', () => {
  expect(readCutOff()).rejects.toThrow('cut off')
})

test('a reader that stops early lets go of the source', async () => {
  const state = { closed: false }
  async function* source() {
    try {
      for (;;) yield new TextEncoder().encode('sku\nA\nB\nC\n')
    } finally {
      state.closed = true
    }
  }
  for await (const fila of leerCsv(source(), formato, new ErroresImportacion())) {
    if (fila.celdas.sku === 'B') break
  }
  while (!state.closed) await new Promise((resolve) => setImmediate(resolve))
  expect(state.closed).toBeTrue()
})

describe('a cell', () => {
  test('is an amount of the currency, or says what one looks like', () => {
    expect(leerPrecio(' 1.500,00 ', 'USD')).toEqual({ ok: true, valor: 150_000 })
    for (const [cell, moneda, mensaje] of [
      ['-1', 'COP', 'debe ser un importe como 19.99, con hasta 2 decimales'],
      ['1,5', 'CLP', 'debe ser un importe como 1999, sin decimales'],
      ['10000000000.01', 'USD', 'debe ser como máximo 10000000000.00'],
    ] as const) {
      expect(leerPrecio(cell, moneda)).toMatchObject({ ok: false, mensaje })
    }
  })

  test('is true or false in the words of a spreadsheet', () => {
    for (const cell of ['true', 'TRUE', 'sí', 'Si', ' 1', 'VERDADERO', 'si\u0301']) {
      expect(leerBooleano(cell)).toEqual({ ok: true, valor: true })
    }
    for (const cell of ['false', 'no', '0', 'FALSO']) {
      expect(leerBooleano(cell)).toEqual({ ok: true, valor: false })
    }
    for (const cell of ['', 'x', '2', 'null'])
      expect(leerBooleano(cell)).toMatchObject({ ok: false })
  })

  test('is a whole number without decoration', () => {
    expect(leerEntero(' 0012 ')).toEqual({ ok: true, valor: 12 })
    for (const cell of ['', '1.0', '1e3', '-1', '1 000', '0x10', '9'.repeat(16)]) {
      expect(leerEntero(cell)).toMatchObject({ ok: false })
    }
  })
})

type Tabla = readonly (readonly string[])[]

async function written(filas: Tabla): Promise<Response> {
  async function* paginas() {
    for (let from = 0; from < filas.length; from += 2) yield filas.slice(from, from + 2)
  }
  const ahora = new Date('2026-01-15T23:59:00Z')
  return await respuestaCsv({ nombre: 'cosas', ahora, columnas, separador, paginas: paginas() })
}

/** A download whose pages fail after so many good ones. */
async function failing(good: number): Promise<Response> {
  async function* paginas() {
    for (let page = 0; page < good; page++) yield [['A', 'B', 'C']]
    throw new Error('gone')
  }
  return await respuestaCsv({
    nombre: 'x',
    ahora: new Date(0),
    columnas,
    separador,
    paginas: paginas(),
  })
}

async function* fiftyPages() {
  for (let page = 0; page < 50; page++) yield [['A', 'B', 'C']]
}

async function* withEmptyPages() {
  yield [['A', 'B', 'C']]
  for (let page = 0; page < 3; page++) yield []
  yield [['D', 'E', 'F']]
  yield []
}

describe('a download', () => {
  test('is a UTF-8 file of that day with its header, also without rows', async () => {
    const answer = await written([])
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="cosas-2026-01-15.csv"',
    )
    expect([...(await answer.bytes())]).toEqual([
      0xef,
      0xbb,
      0xbf,
      ...Buffer.from('sku,nombre,precio\r\n'),
    ])
  })

  test('takes the sting out of what a spreadsheet would run', async () => {
    const cells = ['=1+1', '+1', '-1', '@a', '\tx', '\rx', "'=1", '＝1']
    const text = await (await written(cells.map((cell) => [cell, 'a', 'b']))).text()
    for (const line of text.split('\r\n').slice(1, -1)) expect(line).toMatch(/^"?'/)
    const { filas } = await read(text)
    expect(filas.map((fila) => (fila as string[])[1])).toEqual(cells)
  })

  test('fails as an error when its first page does, and breaks off when a later one does', async () => {
    expect(failing(0)).rejects.toThrow('gone')
    expect((await failing(2)).text()).rejects.toThrow('gone')
  })

  test('reads no page before it is wanted, and stops when its reader does', async () => {
    const state = { read: 0, closed: false }
    async function* paginas() {
      try {
        for (;;) {
          state.read += 1
          yield [['A', 'B', 'C']]
        }
      } finally {
        state.closed = true
      }
    }
    const ahora = new Date(0)
    const answer = await respuestaCsv({
      nombre: 'x',
      ahora,
      columnas,
      separador,
      paginas: paginas(),
    })
    const reader = answer.body?.getReader()
    await reader?.read()
    expect(state.read).toBeLessThanOrEqual(3)
    await reader?.cancel()
    expect(state.closed).toBeTrue()
  })

  test('comes to its end also when pages without rows are among the others', async () => {
    const ahora = new Date(0)
    const answer = await respuestaCsv({
      nombre: 'x',
      ahora,
      columnas,
      separador,
      paginas: withEmptyPages(),
    })
    expect(await answer.text()).toBe('sku,nombre,precio\r\nA,B,C\r\nD,E,F\r\n')
  })

  test('leaves others their turn between its pages', async () => {
    const state = { turns: 0, reading: true }
    const count = () => {
      state.turns += 1
      if (state.reading) setImmediate(count)
    }
    const ahora = new Date(0)
    const answer = await respuestaCsv({
      nombre: 'x',
      ahora,
      columnas,
      separador,
      paginas: fiftyPages(),
    })
    setImmediate(count)
    await answer.text()
    state.reading = false
    expect(state.turns).toBeGreaterThan(40)
  })

  test('is read back as it was, whatever is in it', async () => {
    const seed = fuzzSeed(process.env['FUZZ_SEED'])
    const cell = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n\'",; aé😀') }),
    )
    const table = fc.array(
      fc.tuple(cell, cell, cell).filter((cells) => cells.some((one) => one.trim() !== '')),
      { maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (filas, size) => {
        const bytes = await (await written(filas)).bytes()
        const errores = new ErroresImportacion()
        const back: string[][] = []
        for await (const { celdas } of leerCsv(pieces(bytes, size), formato, errores)) {
          back.push([celdas.sku ?? '', celdas.nombre ?? '', celdas.precio ?? ''])
        }
        expect(errores.primeros()).toEqual([])
        expect(back).toEqual(filas)
      }),
      { seed, numRuns: 150 },
    )
  })
})

test('rubbish is an error or rows, and never anything else', async () => {
  const seed = fuzzSeed(process.env['FUZZ_SEED'])
  const text = fc.string({ unit: fc.constantFrom(...'sku,nombre;"\r\n\'=\u0000ñ') })
  const rubbish = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.tuple(text, text).map(([a, b]) => new TextEncoder().encode(`sku,nombre\n${a}\n${b}`)),
  )
  await fc.assert(
    fc.asyncProperty(rubbish, fc.integer({ min: 1, max: 50 }), async (bytes, size) => {
      const whole = await read(bytes)
      expect(await read(bytes, size)).toEqual(whole)
      expect(whole.total === 0 || whole.errores.length > 0).toBeTrue()
    }),
    { seed, numRuns: 300 },
  )
})

test('so many imports at once and no more, and then again', async () => {
  const turnos = new TurnosImportacion()
  const gate = Promise.withResolvers<void>()
  const running = [1, 2].map(() => turnos.pasar(() => gate.promise))
  expect(turnos.pasar(async () => 3)).rejects.toMatchObject({
    problema: { codigo: 'servicio-no-disponible' },
    headers: { 'retry-after': '5' },
  })
  gate.resolve()
  await Promise.all(running)
  expect(await turnos.pasar(async () => 4)).toBe(4)
})

const escribir = (cifra: string) => comoCsv([[{ cifra }, 'x']], ';')

test('numbers keep their sign and decimals, and nothing else passes for one', () => {
  expect(escribir('-12,50')).toBe('-12,50;x\r\n')
  expect(escribir('0.00')).toBe('0.00;x\r\n')
  for (const otra of ['=1', '-', '-1+1', '1;2', '1.', '-cmd', '']) {
    expect(() => escribir(otra)).toThrow(TypeError)
  }
})
