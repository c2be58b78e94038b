import { expect } from 'bun:test'
import { encodeCursor } from '@encargo/service-kit/http/pagination'
import { login, must } from '../system/walk.ts'
import type { Lane } from './lane.ts'
import { newWho, register } from './operations-accounts.ts'
import { operation, type Prepared } from './operation.ts'
import { buy, insist, newPurchase, putMark } from './shop.ts'
import type { Person } from './template.ts'

interface Erased {
  readonly clienteId: string
  readonly pedidoId: string
}

async function notesOf({ clients, staff }: Lane, { pedidoId: id }: Erased) {
  return must(await clients.pedidos.pedidos({ id }).get({ headers: staff.headers })).notas
}

/** The first password that a process judges takes long, and is refused where too much else is done. */
async function newcomer(lane: Lane): Promise<Person> {
  const who = await newWho()
  expect((await insist(() => register(lane, who))).status).toBe(201)
  const { headers } = await login(lane.clients, who)
  return { id: must(await lane.clients.auth.me.get({ headers })).id, headers }
}

/** auth erased the account while pedidos was away. */
const erasing = operation<Erased, never>({
  title: 'erasing what orders hold of a customer',
  passes: {
    'pedidos.clientes.borrados': 'many',
    'pedidos.store.anotarBorrados': 1,
    'pedidos.store.tomar': 1,
    'pedidos.store.borrarPersonales': 1,
    'pedidos.store.cerrarBorrado': 1,
  },
  fromStart: true,
  async prepare(lane, chance) {
    const who = await newcomer(lane)
    const purchase = { ...(await newPurchase(lane, chance)), who }
    const { id } = await insist(() => buy(lane, purchase))
    if (id === null) throw new Error('the purchase of who is to be erased was refused')
    const erased = { clienteId: who.id, pedidoId: id }
    expect(await notesOf(lane, erased)).toBe(purchase.mark)
    return erased
  },
  async whileDown({ clients, staff, beside }, { clienteId: id }) {
    await beside('auth', async () => {
      const answer = await clients.auth.usuarios({ id }).delete({}, { headers: staff.headers })
      expect(answer.status).toBe(204)
    })
  },
  async finish(lane, erased) {
    await lane.eventually(
      'an order without notes',
      async () => (await notesOf(lane, erased)) === null,
    )
    const waiting = () => lane.count('pedidos', 'obligaciones', 'clave', erased.clienteId)
    await lane.eventually('an erasure that is done', async () => (await waiting()) === 0)
    expect(await lane.count('pedidos', 'clientes_borrados', 'id', erased.clienteId)).toBe(1)
  },
})

/** auth's database was restored from a moment before the place that pedidos had read to. */
const rereading = operation<null, never>({
  title: 'reading the list of erased customers anew',
  passes: { 'pedidos.store.quitarMarca': 1, 'pedidos.clientes.borrados': 'elsewhere' },
  fromStart: true,
  prepare: async () => null,
  async whileDown({ alter }) {
    const place = encodeCursor(1_000_000_000)
    await putMark({ alter }, 'borrados', place)
  },
  async finish(lane) {
    const places = () => lane.count('pedidos', 'marcas', 'nombre', 'borrados')
    await lane.eventually('a place that is forgotten', async () => (await places()) === 0)
  },
})

export const erasingOperations: readonly Prepared[] = [erasing, rereading]
