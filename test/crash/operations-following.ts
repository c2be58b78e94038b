import { expect } from 'bun:test'
import { must } from '../system/walk.ts'
import type { Lane } from './lane.ts'
import { type Bought, bought } from './operations-ending.ts'
import { operation, type Prepared } from './operation.ts'
import { change, insist } from './shop.ts'

/** How many changes to each state the history of orders has, but for what else befell orders in it. */
async function history({ count }: Lane) {
  const changes = (estado: string) => count('pedidos', 'pedido_eventos', 'estado', estado)
  const others = (tipo: string) => count('pedidos', 'pedido_eventos', 'tipo', tipo)
  return {
    pedidos: (await changes('Pendiente')) - (await others('envio.preparado')),
    completados: (await changes('Completado')) - (await others('pedido.anulado')),
    cancelados: await changes('Cancelado'),
  }
}

/** The same, as the summary tells it. */
async function addedUp({ clients, staff: { headers } }: Lane) {
  const desde = new Date(Date.now() - 300 * 24 * 3600 * 1000).toISOString().slice(0, 10)
  const { porDia } = must(await clients.pedidos.pedidos.resumen.get({ query: { desde }, headers }))
  const sum = (member: 'pedidos' | 'completados' | 'cancelados') =>
    porDia.reduce((total, day) => total + day[member], 0)
  return {
    pedidos: sum('pedidos'),
    completados: sum('completados'),
    cancelados: sum('cancelados'),
  }
}

/** How many orders this customer has, how many a page of them shows, and how many the table behind it has. */
async function listed({ clients, count, shopper: { id, headers } }: Lane) {
  const query = { limite: 200 }
  return {
    stored: await count('pedidos', 'pedidos', 'cliente_id', id),
    shown: must(await clients.pedidos.pedidos.get({ query, headers })).datos.length,
    followed: await count('pedidos', 'pedidos_de_cliente', 'cliente_id', id),
  }
}

/** As the first start on a database from before there was a summary, and customers' lists. */
const following = operation<Bought, never>({
  title: 'following the history of orders',
  apart: 'nobody else takes part',
  passes: { 'pedidos.seguidores.alDia': 'many' },
  fromStart: true,
  async prepare(lane, chance) {
    const state = await bought(lane, chance)
    await insist(() => change(lane, state.id, 'Completado'))
    return state
  },
  async whileDown({ alter }) {
    await alter('pedidos', "DELETE FROM marcas WHERE nombre IN ('resumen', 'clientes')")
  },
  async finish(lane) {
    expect(await addedUp(lane)).toEqual(await history(lane))
    const { stored, shown } = await listed(lane)
    expect(shown).toBe(Math.min(stored, 200))
    await lane.eventually('all orders in the list of their customer', async () => {
      return (await listed(lane)).followed === stored
    })
  },
})

export const followingOperations: readonly Prepared[] = [following]
