import { expect } from 'bun:test'
import { must } from '../system/walk.ts'
import type { Chance } from '../../scripts/chaos/random.ts'
import type { Lane } from './lane.ts'
import { type Kill, operation, type Operation, type Prepared } from './operation.ts'
import {
  type Answered,
  buy,
  change,
  expectStock,
  insist,
  newPurchase,
  prolong,
  type Purchase,
  runOut,
} from './shop.ts'

export interface Bought {
  readonly purchase: Purchase
  readonly id: string
}

export async function bought(lane: Lane, chance: Chance): Promise<Bought> {
  const purchase = await newPurchase(lane, chance, { lines: chance.between(1, 2) })
  const { id } = await insist(() => buy(lane, purchase))
  if (id === null) throw new Error('the purchase that was to be ended was refused')
  return { purchase, id }
}

export async function stateOf({ clients, staff }: Lane, id: string): Promise<string> {
  return must(await clients.pedidos.pedidos({ id }).get({ headers: staff.headers })).estado
}

type End = 'Completado' | 'Cancelado'

/** The order comes to its end by itself as soon as its purpose is on disk; asking again changes nothing. */
export async function endsAs(lane: Lane, { id, purchase }: Bought, end: End, kill: Kill | null) {
  const forgotten = kill?.point === 'pedidos.store.proponer.antes'
  if (!forgotten) await lane.eventually(end, async () => (await stateOf(lane, id)) === end)
  expect((await insist(() => change(lane, id, end))).status).toBe(200)
  expect(await stateOf(lane, id)).toBe(end)
  await expectStock(lane, purchase, end === 'Completado' ? 'sold' : 'free')
}

const ending = (title: string, end: End, call: 'confirmar' | 'liberar') =>
  operation<Bought, Answered | null>({
    title,
    passes: {
      'pedidos.store.proponer': 1,
      [`pedidos.reservas.${call}`]: 1,
      'pedidos.store.terminar': 1,
    },
    prepare: bought,
    run: (lane, { id }) => change(lane, id, end),
    finish: (lane, state, _, kill) => endsAs(lane, state, end, kill),
  })

/** Later than any lease of these tests. */
const later = () => new Date(Date.now() + 7 * 24 * 60 * 60 * 1000).toISOString()

interface Held extends Bought {
  readonly until: string
}

export const prolonging = (title: string, passes: Operation['passes']) =>
  operation<Held, Answered | null>({
    title,
    passes,
    prepare: async (lane, chance) => ({ ...(await bought(lane, chance)), until: later() }),
    run: (lane, { id, until }) => prolong(lane, id, until),
    async finish(lane, { id, purchase, until }) {
      expect((await insist(() => prolong(lane, id, until))).status).toBe(200)
      const { clients, staff } = lane
      const { headers } = staff
      expect(must(await clients.pedidos.pedidos({ id }).get({ headers })).expiraEn).toBe(until)
      await expectStock(lane, purchase, 'reserved')
    },
  })

const expiring = operation<Bought, never>({
  title: 'expiring',
  passes: {
    'pedidos.store.vencer': 'many',
    'pedidos.store.tomar': 1,
    'pedidos.reservas.liberar': 1,
    'pedidos.store.terminar': 1,
  },
  fromStart: true,
  prepare: bought,
  whileDown: (lane, { id }) => runOut(lane, id),
  async finish(lane, { id, purchase }) {
    await lane.eventually('Cancelado', async () => (await stateOf(lane, id)) === 'Cancelado')
    await expectStock(lane, purchase, 'free')
  },
})

const peerAway = operation<Bought, Answered | null>({
  title: 'completing while inventario is away',
  apart: 'a way is cut',
  passes: {
    'pedidos.store.proponer': 1,
    'pedidos.reservas.confirmar': 1,
    'pedidos.store.aplazar': 1,
  },
  async prepare(lane, chance) {
    const state = await bought(lane, chance)
    await lane.way('inventario').set({ kind: 'refuse' })
    return state
  },
  run: (lane, { id }) => change(lane, id, 'Completado'),
  afterCrash: (lane) => lane.way('inventario').set({ kind: 'open' }),
  finish: (lane, state, _, kill) => endsAs(lane, state, 'Completado', kill),
})

const annul = async ({ clients, staff: { headers } }: Lane, id: string) => {
  const { anulacion } = clients.pedidos.pedidos({ id })
  const answer = await anulacion.post({ motivo: 'Se cobró dos veces' }, { headers })
  return answer.response === undefined ? null : { status: answer.status, id }
}

/** A sale that was a mistake: its units come back by themselves, once, whoever dies. */
export const voiding = (title: string, passes: Operation['passes']) =>
  operation<Bought, Answered | null>({
    title,
    passes,
    async prepare(lane, chance) {
      const state = await bought(lane, chance)
      await insist(() => change(lane, state.id, 'Completado'))
      return state
    },
    run: (lane, { id }) => annul(lane, id),
    async finish(lane, { id, purchase }) {
      for (let times = 0; times < 2; times++) {
        expect((await insist(() => annul(lane, id))).status).toBe(200)
      }
      const owed = () => lane.count('pedidos', 'obligaciones', 'clave', id)
      await lane.eventually('nothing owed', async () => (await owed()) === 0)
      await expectStock(lane, purchase, 'free')
      expect(await stateOf(lane, id)).toBe('Completado')
    },
  })

export const endingOperations: readonly Prepared[] = [
  ending('completing', 'Completado', 'confirmar'),
  ending('cancelling', 'Cancelado', 'liberar'),
  prolonging('holding an order for longer', {
    'pedidos.reservas.prorrogar': 1,
    'pedidos.store.prorrogar': 1,
  }),
  voiding('voiding', {
    'pedidos.store.anular': 1,
    'pedidos.reservas.reponer': 1,
    'pedidos.store.cerrar': 1,
  }),
  expiring,
  peerAway,
]
