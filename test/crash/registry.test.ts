import { describe, expect, test } from 'bun:test'
import { crashPoints, crashSteps } from '@encargo/service-kit/run/crash-points'
import { tree } from '../tidy/tree.ts'
import { casesOf } from './cases.ts'
import { firstStartSpots } from './first-start.ts'
import { pedidosOperations } from './operations.ts'
import { authOperations } from './operations-accounts.ts'
import { productosOperations } from './operations-catalogue.ts'
import { inventarioOperations } from './operations-stock.ts'

const operations = [
  ...pedidosOperations,
  ...inventarioOperations,
  ...productosOperations,
  ...authOperations,
]

const inServices = (path: string) =>
  /^(?:apps\/(?:auth|productos|inventario|pedidos)|packages\/service-kit)\/src\//.test(path)

const code = tree.filter(({ path }) => inServices(path))

/** How far from a call its `crashAround` may stand, in characters. */
const near = 160

/** The places where `call` is not inside a `crashAround`. */
function unguarded(call: RegExp, files: RegExp): string[] {
  return code
    .filter(({ path }) => files.test(path))
    .flatMap(({ path, code: text }) =>
      [...text.matchAll(call)]
        .filter(
          ({ index }) =>
            !text.slice(Math.max(0, index - near), index + near).includes('crashAround('),
        )
        .map(([found]) => `${path}: ${found}`),
    )
}

/** What of pedidos' store only reads; everything else that it offers is taken for a write. */
const reads = [
  'porId',
  'listar',
  'historia',
  'resumen',
  'antecedentes',
  'usado',
  'destinos',
  'marca',
  'ultimoCambio',
  'espera',
  'debidas',
  'borradosSinAnotar',
  'excede',
]

function writesOfPedidos(): string[] {
  const ports = ['store.ts', 'obligaciones.ts'].map((name) => {
    const port = code.find(({ path }) => path === `apps/pedidos/src/ports/${name}`)?.code ?? ''
    return port.slice(port.search(/export interface (?:PedidosStore|Obligaciones) /))
  })
  const names = [...ports.join('').matchAll(/^ {2}(\w+)\(/gm)].map(([, name = '']) => name)
  return names.filter((name) => !reads.includes(name))
}

describe('the registry of crash points', () => {
  test('names nothing that no service passes', () => {
    const text = code.map((file) => file.text).join('\n')
    const unused = crashSteps.filter((step) => !text.includes(`crashAround('${step}'`))
    expect(unused).toEqual([])
  })

  test('names no point at which no test kills a process', () => {
    const killed = new Set<string>([
      ...operations.flatMap(casesOf).map(({ kill }) => kill?.point ?? ''),
      ...firstStartSpots.map((spot) => spot.replace(/:\d+$/, '')),
    ])
    expect(crashPoints.filter((point) => !killed.has(point))).toEqual([])
  })

  test('leaves out no durable write', () => {
    const inStore = /\b(?:storage|engine)\.write(?:InSteps)?\(/g
    expect(unguarded(inStore, /^apps\/inventario\/src\/store\//)).toEqual([])
    expect(unguarded(inStore, /^apps\/pedidos\/src\/store\/seguidor/)).toEqual([])
    const asked = writesOfPedidos()
    expect(asked).toContain('crear')
    const writes = new RegExp(`\\bstore\\s*\\.(?:${asked.join('|')})\\(`, 'g')
    expect(unguarded(writes, /^apps\/pedidos\/src\/(?:app|http)\//)).toEqual([])
    // These two wrap `write` itself.
    for (const app of ['auth', 'productos']) {
      const file = new RegExp(`^apps/${app}/src/store/(?:sqlite/open|store)\\.ts$`)
      const store = code.filter(({ path }) => file.test(path)).map(({ text }) => text)
      expect(store.join('')).toContain(`write: (work) => crashAround('${app}.escribir'`)
      const long = store.join('').split('writeInSteps: ')[1] ?? ''
      expect(long === '' || long.includes(`crashAround('${app}.importar.escribir'`)).toBeTrue()
    }
  })

  test('leaves out no call between services', () => {
    const calls = /\breservas\s*\.(?:reservar|confirmar|liberar|consultar|activas)\(/g
    // What is shown of a reservation is asked of nobody who writes.
    expect(unguarded(calls, /^apps\/pedidos\/src\/app\/(?!consultar\.)/)).toEqual([])
    expect(unguarded(/\bask\(/g, /^apps\/inventario\/src\/clients\//)).toEqual([])
    expect(unguarded(/\bauth\.fetcher\(/g, /^packages\/service-kit\/src\/jwks\.ts$/)).toEqual([])
  })
})
