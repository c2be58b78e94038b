import { expect } from 'bun:test'
import { must } from '../system/walk.ts'
import type { Lane } from './lane.ts'
import { operation, type Prepared } from './operation.ts'
import { type Answered, buy, insist, newPurchase, type Purchase } from './shop.ts'

interface Written {
  readonly purchase: Purchase
  readonly email: string
}

const mails = async ({ clients, staff }: Lane, id: string) => {
  const { headers } = staff
  return must(await clients.pedidos.pedidos({ id }).avisos.get({ headers })).datos
}

/** What an order's customer is to hear of is sent, once for all that they can tell. */
const mailing = operation<Written, Answered | null>({
  title: 'sending a mail about an order',
  passes: {
    'pedidos.clientes.buscar': 'elsewhere',
    'pedidos.catalogo.buscar': 'elsewhere',
    'pedidos.reservas.reservar': 'elsewhere',
    'pedidos.store.crear': 'elsewhere',
    'pedidos.store.tomar': 'elsewhere',
    'pedidos.enviar': 1,
    'pedidos.store.anotarAviso': 'many',
  },
  async prepare(lane, chance) {
    const purchase = await newPurchase(lane, chance, { lines: 1 })
    return { purchase, email: `${purchase.mark}@correo.example` }
  },
  run: (lane, { purchase, email }) => buy(lane, purchase, { contacto: { nombre: 'Ana', email } }),
  async finish(lane, { purchase, email }) {
    const { id } = await insist(() => buy(lane, purchase, { contacto: { nombre: 'Ana', email } }))
    if (id === null) throw new Error('the purchase was refused')
    await lane.eventually('the mails are sent', async () => {
      const all = await mails(lane, id)
      return all.length > 0 && all.every(({ estado }) => estado !== 'por-enviar')
    })
    const all = await mails(lane, id)
    const sent = all.map(({ tipo, estado }) => `${tipo} ${estado}`).sort()
    expect(sent).toEqual(['instrucciones omitido', 'recibido enviado'])
  },
})

export const mailingOperations: readonly Prepared[] = [mailing]
