import { ask, type Client, type Invitado, type NuevoPedido, type Pedido } from '@encargo/client'
import { atMost } from '@encargo/service-kit/async/at-most'
import { allOf, type Outcome, told } from './answers.ts'
import { type PedidoDemo, pedidos } from './pedidos.ts'
import { asegurarPago } from './seed-pagos.ts'
import { type Compradores, CONCURRENCY, type Corrida, type Persona } from './corrida.ts'

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
  const { report, resultado, banco } = corrida
  // Those of guests are of a person each: only their notes tell.
  const { client } = compradores.operador
  const vistos = await allOf('GET /pedidos', (query) => ask(client.pedidos.pedidos.get({ query })))
  if (!vistos) {
    resultado.pedidos.omitidos = pedidos.length
    report('there are so many orders by now that the samples are not looked for')
    return
  }
  const porNotas = new Map(vistos.map((visto) => [visto.notas, visto]))

  await atMost(CONCURRENCY, pedidos.entries(), async ([indice, { fin, pago, ...pedido }]) => {
    if (pago && !banco) return
    const visto = porNotas.get(pedido.notas)
    if (visto) resultado.pedidos.existentes++
    const como = { ...pedido, ...(pago && { pago: { metodo: pago.metodo } }) }
    const estaba = visto ?? (await comprar(corrida, compradores, ids, como, indice))
    if (!estaba) return
    if (pago && banco) {
      const { operador } = compradores
      await asegurarPago({ banco, operador, pago, clave: claveDe(indice, 'cobro') }, estaba)
    }
    await terminar(corrida, compradores, { ...pedido, fin }, estaba)
  })
}

async function comprar(
  { report, resultado, newClient }: Corrida,
  compradores: Compradores,
  ids: ReadonlyMap<string, string>,
  { cliente, lineas, ...trato }: Omit<PedidoDemo, 'fin' | 'pago'> & Pick<NuevoPedido, 'pago'>,
  indice: number,
): Promise<Pedido | null> {
  const encontradas = lineas.flatMap(({ sku, cantidad }) => {
    const productoId = ids.get(sku)
    return productoId ? [{ productoId, cantidad }] : []
  })
  const body = { lineas: encontradas, ...trato }
  const creacion =
    encontradas.length < lineas.length
      ? { rechazo: 'a product is not for sale' }
      : typeof cliente === 'string'
        ? await comprarConCuenta(compradores[cliente], body, claveDe(indice))
        : await comprarSinCuenta(newClient(), body, cliente)
  if ('data' in creacion) {
    resultado.pedidos.creados++
    return creacion.data
  }
  report(`sample order ${indice + 1} is left out: ${creacion.rechazo}`)
  resultado.pedidos.omitidos++
  return null
}

async function comprarConCuenta({ client }: Persona, body: NuevoPedido, clave: string) {
  const headers = { 'idempotency-key': clave }
  return told('POST /pedidos', await ask(client.pedidos.pedidos.post(body, { headers })), CONFLICTS)
}

async function comprarSinCuenta(client: Client, body: NuevoPedido, invitado: Invitado) {
  return told('POST /pedidos', await client.compra(body, { invitado }).enviar(), CONFLICTS)
}

/** Brings an order to where it is to stand from wherever a crash left it; what has ended otherwise stays. */
async function terminar(
  corrida: Corrida,
  compradores: Compradores,
  { cliente, fin }: PedidoDemo,
  { id, estado, anulado, historial }: Pedido,
): Promise<void> {
  const deOperador = compradores.operador.client.pedidos.pedidos({ id })
  if (fin.estado === 'Pendiente') {
    const esta = historial.some(({ tipo }) => tipo === 'envio.preparado')
    if (estado !== 'Pendiente' || !fin.preparado || esta) return
    const hecho = await ask(deOperador.preparado.post())
    return dejado(corrida, id, told('POST /pedidos/:id/preparado', hecho, ['transicion-invalida']))
  }
  if (estado === 'Pendiente') {
    const quien =
      fin.estado === 'Cancelado' && fin.por === 'cliente' && cliente === 'cliente'
        ? compradores.cliente.client.pedidos.pedidos({ id })
        : deOperador
    const body =
      fin.estado === 'Cancelado'
        ? ({ estado: 'Cancelado', motivo: fin.motivo } as const)
        : ({ estado: 'Completado' } as const)
    const hecho = await ask(quien.patch(body))
    dejado(corrida, id, told('PATCH /pedidos/:id', hecho, ['transicion-invalida']))
  }
  if (fin.estado === 'Cancelado' || fin.anulado === undefined) return
  if (estado === 'Cancelado' || anulado) return
  const hecho = await ask(deOperador.anulacion.post({ motivo: fin.anulado }))
  dejado(corrida, id, told('POST /pedidos/:id/anulacion', hecho, ['transicion-invalida']))
}

function dejado({ report }: Corrida, id: string, hecho: Outcome<unknown>): void {
  if ('rechazo' in hecho) report(`order ${id} is left alone, it has ended otherwise`)
}

/** The idempotency key of the sample order at this position, or of its charge, the same in every run. */
const claveDe = (indice: number, que: 'pedido' | 'cobro' = 'pedido') =>
  `demo-${que}-${String(indice + 1).padStart(2, '0')}`
