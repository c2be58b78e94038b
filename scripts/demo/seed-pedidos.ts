import { ask } from '@encargo/client'
import { atMost } from '@encargo/service-kit/async/at-most'
import { allOf, type Outcome, told } from './answers.ts'
import { type PedidoDemo, pedidos } from './pedidos.ts'
import { type Compradores, CONCURRENCY, type Corrida } from './corrida.ts'

/** Refusals that come from what a developer has done with the data, not from a broken seed. */
const CONFLICTS = ['stock-insuficiente', 'producto-inexistente']

/**
 * The sample orders, each brought to its end. Known by their notes as well as by their idempotency
 * keys, because a service keeps a key for 24 hours and the demo data may be months old.
 *
 * @param ids of the products that can be bought, by SKU
 */
export async function asegurarPedidos(
  corrida: Corrida,
  compradores: Compradores,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const { report, resultado } = corrida
  const [deCliente, deOperador] = await Promise.all([
    pedidosDe(compradores, 'cliente'),
    pedidosDe(compradores, 'operador'),
  ])
  if (!deCliente || !deOperador) {
    resultado.pedidos.omitidos = pedidos.length
    report('the demo accounts have so many orders by now that the samples are not looked for')
    return
  }
  const porNotas = new Map([...deCliente, ...deOperador].map((visto) => [visto.notas, visto]))

  await atMost(CONCURRENCY, pedidos.entries(), async ([indice, pedido]) => {
    const visto = porNotas.get(pedido.notas)
    if (visto) resultado.pedidos.existentes++
    // Only an order that is still open can be one whose end a crash cut off.
    if (visto && visto.estado !== 'Pendiente') return
    const pedidoId = visto?.id ?? (await comprar(corrida, compradores, ids, pedido, indice))
    if (pedidoId) await terminar(corrida, compradores, pedido, pedidoId)
  })
}

/** As staff sees them; null when there are too many to go through. */
function pedidosDe(compradores: Compradores, de: keyof Compradores) {
  const clienteId = compradores[de].id
  const { pedidos } = compradores.operador.client.pedidos
  return allOf('GET /pedidos', (query) => ask(pedidos.get({ query: { clienteId, ...query } })))
}

async function comprar(
  { report, resultado }: Corrida,
  compradores: Compradores,
  ids: ReadonlyMap<string, string>,
  { cliente, lineas, notas, direccionEnvio }: PedidoDemo,
  indice: number,
): Promise<string | null> {
  const encontradas = lineas.flatMap(({ sku, cantidad }) => {
    const productoId = ids.get(sku)
    return productoId ? { productoId, cantidad } : []
  })
  const body = { lineas: encontradas, notas, ...(direccionEnvio && { direccionEnvio }) }
  const headers = { 'idempotency-key': claveDe(indice) }
  const { pedidos } = compradores[cliente].client.pedidos
  const creacion: Outcome<{ id: string }> =
    encontradas.length < lineas.length
      ? { rechazo: 'a product is not for sale' }
      : told('POST /pedidos', await ask(pedidos.post(body, { headers })), CONFLICTS)
  if ('data' in creacion) {
    resultado.pedidos.creados++
    return creacion.data.id
  }
  report(`sample order ${indice + 1} is left out: ${creacion.rechazo}`)
  resultado.pedidos.omitidos++
  return null
}

async function terminar(
  { report }: Corrida,
  compradores: Compradores,
  { cliente, fin }: PedidoDemo,
  id: string,
): Promise<void> {
  if (fin.estado === 'Pendiente') return
  const cancelado = fin.estado === 'Cancelado'
  const quien = cancelado && fin.por === 'cliente' ? cliente : 'operador'
  const body = cancelado
    ? ({ estado: 'Cancelado', motivo: fin.motivo } as const)
    : ({ estado: 'Completado' } as const)
  const answer = await ask(compradores[quien].client.pedidos.pedidos({ id }).patch(body))
  const hecho = told('PATCH /pedidos/:id', answer, ['transicion-invalida'])
  if ('rechazo' in hecho) report(`order ${id} is left alone, it has ended otherwise`)
}

/** The idempotency key of the sample order at this position, the same in every run. */
const claveDe = (indice: number) => `demo-pedido-${String(indice + 1).padStart(2, '0')}`
