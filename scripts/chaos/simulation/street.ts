import { ask, type Answer } from '@encargo/client'
import { wordingOf } from '../caller.ts'
import type { Chance } from '../random.ts'
import { Someone } from './people.ts'
import { type World } from './world.ts'

export const admin = { email: 'jefa@caos.example', password: 'cuatro-llaves-de-cobre-9' } as const

/** A charge as whoever asked for it was told. */
export interface Asked {
  readonly key: string
  readonly metodo: string
  /** A key is good for a day. */
  readonly at: number
  /** What its answers named; more than one is one too many. */
  readonly ids: Set<string>
}

export interface Bought {
  readonly id: string
  readonly who: Someone
  readonly metodo: string | undefined
  readonly charges: Asked[]
  /** What somebody was told that became of it. */
  ended: 'Completado' | 'Cancelado' | undefined
  /** Somebody with the right to let it go without its money. */
  forced: boolean
}

/** What people know, without looking at what the services have. */
export interface Knowledge {
  readonly orders: Bought[]
  /** Names of receipts that staff was told are written down, by charge. */
  readonly receipts: Map<string, string>
  readonly surprises: string[]
  readonly done: Map<string, number>
}

export const methods = {
  tarjeta: { proveedor: 'stripe', nombre: 'Tarjeta', momento: 'antes' },
  efectivo: { proveedor: 'manual', nombre: 'Efectivo', momento: 'antes' },
  transferencia: {
    proveedor: 'manual',
    nombre: 'Transferencia',
    momento: 'antes',
    plazoSegundos: 3_600,
  },
  entrega: { proveedor: 'manual', nombre: 'Contra entrega', momento: 'contra-entrega' },
} as const

export type Deed = (street: Street, chance: Chance) => Promise<string | undefined>

export interface Street {
  readonly world: World
  readonly staff: Someone
  readonly people: readonly [Someone, ...Someone[]]
  readonly products: readonly [string, ...string[]]
  readonly known: Knowledge
}

/** Refusals that whoever comes too late gets. */
const expected = new Set([
  'stock-insuficiente',
  'transicion-invalida',
  'pedido-no-cobrable',
  'pago-pendiente',
  'importe-excedido',
  'referencia-repetida',
  'no-encontrado',
  'demasiadas-peticiones',
  'limite-de-peticiones',
  'proveedor-rechaza',
  'metodo-pago-no-disponible',
])

type Maybe<T> = Answer<T, { codigo: string; status: number }> | undefined

export function noted<T>({ known }: Street, what: string, answer: Maybe<T>): T | undefined {
  if (answer === undefined) return undefined
  if (answer.ok) return answer.data
  const { problem } = answer
  if (!expected.has(problem.codigo) || problem.status >= 500) {
    known.surprises.push(`${what} was answered ${wordingOf(problem)}`)
  }
  return undefined
}

export const some = <T>(all: readonly T[], chance: Chance): T | undefined =>
  all[chance.between(Math.max(0, all.length - 12), all.length - 1)]

export const key = (chance: Chance) =>
  `clave-${chance.between(0, 2 ** 31)}-${chance.between(0, 2 ** 31)}`

export async function openStreet(world: World, shoppers: number): Promise<Street> {
  const staff = new Someone(world, admin)
  const products: string[] = []
  for (let n = 0; n < 6; n++) {
    const product = { sku: `CAOS-${n}`, nombre: `Producto ${n}`, precio: 100 + 37 * n }
    const made = await staff.ask(({ productos }) => ask(productos.productos.post(product)))
    if (!made?.ok) throw new Error('a product could not be made')
    products.push(made.data.id)
    // Some are fought over.
    const body = { productoId: made.data.id, cantidad: n < 2 ? 12 : 1_000_000 }
    await staff.ask(({ inventario }) => ask(inventario.inventario.post(body)))
  }
  for (const [codigo, body] of Object.entries(methods)) {
    const made = await staff.ask(({ pagos }) => ask(pagos['metodos-pago']({ codigo }).put(body)))
    if (!made?.ok) throw new Error('a method could not be made')
  }
  const people: Someone[] = []
  for (let n = 0; n < shoppers; n++) people.push(await Someone.register(world, `clienta-${n}`))
  const [first, ...others] = people
  const [one, ...more] = products
  if (!first || one === undefined) throw new Error('nobody is there')
  return {
    world,
    staff,
    people: [first, ...others],
    products: [one, ...more],
    known: { orders: [], receipts: new Map(), surprises: [], done: new Map() },
  }
}
