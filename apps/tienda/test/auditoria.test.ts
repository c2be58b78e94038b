import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { join } from 'node:path'
import { useTextosAuditoria } from '../src/backoffice/textos/auditoria.ts'
import { detalleLegible } from '../src/backoffice/auditoria/detalle.ts'
import { type Lecturas, type Linea, mezclar } from '../src/backoffice/auditoria/mezcla.ts'

const linea = (numero: number, en = numero): Linea => ({
  numero,
  en: new Date(en * 1000).toISOString(),
})

/** A service with these lines, the latest first, which tells `limite` at a time. */
const fuente = (servicio: string, lineas: readonly Linea[], limite = 2) => ({
  servicio,
  pedir(cursor = '0') {
    const desde = Number(cursor)
    const datos = lineas.slice(desde, desde + limite)
    const siguiente = desde + limite < lineas.length ? String(desde + limite) : null
    return Promise.resolve({ datos, siguiente })
  },
})
const caida = (servicio: string) => ({
  servicio,
  pedir: () => Promise.reject(new Error(`${servicio} is away`)),
})

const deMomentos = (cuales: readonly number[]) =>
  cuales.toSorted((una, otra) => otra - una).map((en, at) => linea(cuales.length - at, en))

async function todas(fuentes: Parameters<typeof mezclar<string, Linea>>[0]) {
  const dichas: string[] = []
  const ausentes = new Set<string>()
  let lecturas: Lecturas<string, Linea> | null = {}
  while (lecturas) {
    const mezcla: Awaited<ReturnType<typeof mezclar<string, Linea>>> = await mezclar(
      fuentes,
      lecturas,
    )
    dichas.push(...mezcla.datos.map(({ servicio, numero }) => `${servicio}${numero}`))
    for (const uno of mezcla.ausentes) ausentes.add(uno)
    lecturas = mezcla.siguiente
  }
  return { dichas, ausentes: [...ausentes] }
}

describe('the logs of several services', () => {
  test('are one, the latest first, however they are cut into pages', async () => {
    const momentos = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(momentos, momentos, fc.integer({ min: 1, max: 4 }), async (a, b, limite) => {
        const [unas, otras] = [deMomentos(a), deMomentos(b)]
        const { dichas } = await todas([fuente('a', unas, limite), fuente('b', otras, limite)])
        const en = new Map<string, string>([
          ...unas.map((una) => [`a${una.numero}`, una.en] as const),
          ...otras.map((una) => [`b${una.numero}`, una.en] as const),
        ])
        expect(dichas.toSorted()).toEqual([...en.keys()].toSorted())
        const momentosDichos = dichas.map((una) => en.get(una) ?? '')
        expect(momentosDichos).toEqual(momentosDichos.toSorted().toReversed())
      }),
    )
  })

  test('are there without the one that is away, which is said', async () => {
    const lineas = [linea(3), linea(2), linea(1)]
    const leidas = await todas([caida('b'), fuente('a', lineas)])
    expect(leidas).toEqual({ dichas: ['a3', 'a2', 'a1'], ausentes: ['b'] })
    await expect(todas([caida('a'), caida('b')])).rejects.toThrow('a is away')
    expect(await todas([])).toEqual({ dichas: [], ausentes: [] })
  })
})

const apps = join(import.meta.dir, '../..')
const deServicios = [...new Bun.Glob('*/src/domain/auditoria.ts').scanSync(apps)]

test.each(deServicios)('everything that %s notes has words in both languages', async (path) => {
  const { acciones } = await import(join(apps, path))
  const [servicio = ''] = path.split('/')
  for (const lengua of ['es', 'en'] as const) {
    const dichas = new Map(Object.entries(useTextosAuditoria[lengua].acciones)).get(servicio) ?? {}
    expect(Object.keys(dichas).toSorted()).toEqual(acciones.toSorted())
  }
})

test('amounts, rates and moments of a line are told as people write them', () => {
  const formato = {
    dinero: (importe: number) => `$${importe / 100}`,
    tasa: (tasa: number) => `${tasa / 100} %`,
    fecha: (iso: string) => iso.slice(0, 10),
  }
  const vistos = {
    'precio 1250 -> 1300, categoria': 'precio $12.5 -> $13, categoria',
    'nombre, precio 5': 'nombre, precio $0.05',
    'importe 1250': 'importe $12.5',
    'tasa 1500, desde 2027-01-01T05:00:00.000Z': 'tasa 15 %, desde 2027-01-01',
    'tasa 1200 -> 1300 por-dentro, desde 2027-01-01T05:00:00.000Z':
      'tasa 12 % -> 13 % por-dentro, desde 2027-01-01',
    'creados 3, actualizados 1': 'creados 3, actualizados 1',
    'cliente -> operador': 'cliente -> operador',
  }
  for (const [detalle, visto] of Object.entries(vistos)) {
    expect(detalleLegible(detalle, formato)).toBe(visto)
  }
})
