import { describe, expect, test } from 'bun:test'
import {
  checkLedger,
  type Ledger,
  newLedger,
  type Order,
  type Product,
  type Purchase,
} from './ledger.ts'

const productoId = 'un-producto'

const product = (given: Partial<Product> = {}): Product => ({
  id: productoId,
  initial: 10,
  received: 0,
  taken: 0,
  unknown: 0,
  ...given,
})

const purchase = (given: Partial<Purchase> = {}): Purchase => ({
  mark: 'compra-0',
  key: 'clave-0',
  lines: [{ productoId, cantidad: 2 }],
  counter: false,
  told: new Set(['pedido-1']),
  refused: false,
  ended: null,
  ...given,
})

const order = (given: Partial<Order> = {}): Order => ({
  id: 'pedido-1',
  estado: 'Pendiente',
  notas: 'compra-0',
  anulado: null,
  lineas: [{ productoId, cantidad: 2 }],
  ...given,
})

function books(purchases: Purchase[], products: Product[]): Ledger {
  return { ...newLedger(), purchases, products }
}

interface World {
  readonly purchase?: Partial<Purchase>
  readonly orders?: readonly Order[]
  readonly product?: Partial<Product>
  readonly stock?: { readonly fisico: number; readonly reservado: number }
}

const check = ({ purchase: wish, orders = [order()], product: kept, stock }: World) =>
  checkLedger(
    books([purchase(wish)], [product(kept)]),
    orders,
    new Map([[productoId, stock ?? { fisico: 10, reservado: 2 }]]),
  )

describe("the clients' books", () => {
  test('find nothing wrong where nothing is', () => {
    expect(check({})).toEqual([])
    const sold = { orders: [order({ estado: 'Completado' })], stock: { fisico: 8, reservado: 0 } }
    expect(check(sold)).toEqual([])
    expect(check({ ...sold, purchase: { ended: 'Completado' } })).toEqual([])
    expect(
      check({ product: { received: 5, taken: 1 }, stock: { fisico: 14, reservado: 2 } }),
    ).toEqual([])
  })

  test('let an unanswered purchase without a key have one order or none', () => {
    const silent = { key: null, told: new Set<string>() }
    expect(check({ purchase: silent })).toEqual([])
    const none = { orders: [], stock: { fisico: 10, reservado: 0 } }
    expect(check({ purchase: silent, ...none })).toEqual([])
  })

  const wrong: [string, World, RegExp][] = [
    ['an order that was promised and is not there', { orders: [] }, /answered 201/],
    [
      'two orders of one key',
      { orders: [order(), order({ id: 'pedido-2' })], stock: { fisico: 10, reservado: 4 } },
      /has 2 orders/,
    ],
    ['two answers of one key', { purchase: { told: new Set(['pedido-1', 'x']) } }, /2 different/],
    ['another order than was answered', { purchase: { told: new Set(['x']) } }, /another order/],
    [
      'an order that was refused',
      { purchase: { told: new Set(), refused: true } },
      /refused, and there is/,
    ],
    [
      'other lines',
      {
        orders: [order({ lineas: [{ productoId, cantidad: 3 }] })],
        stock: { fisico: 10, reservado: 3 },
      },
      /other lines/,
    ],
    ['an end that did not stay', { purchase: { ended: 'Cancelado' } }, /was told Cancelado/],
    ['an order that nobody wanted', { orders: [order(), order({ notas: 'x' })] }, /nobody wanted/],
    ['stock that went', { stock: { fisico: 9, reservado: 2 } }, /clients count 10/],
    ['stock that stays reserved', { stock: { fisico: 10, reservado: 3 } }, /its orders hold 2/],
    [
      'units that were not there',
      {
        product: { initial: 1 },
        orders: [order({ estado: 'Completado' })],
        stock: { fisico: 0, reservado: 0 },
      },
      /oversold/,
    ],
  ]
  for (const [what, world, line] of wrong) {
    test(`find ${what}`, () => {
      expect(check(world).join('\n')).toMatch(line)
    })
  }
})
