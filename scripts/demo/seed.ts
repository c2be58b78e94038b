import type { Creacion, DemoApi, Sesion } from './api.ts'
import { catalogo, type ProductoDemo } from './catalogo.ts'
import { type CuentaDemo, cuentas } from './cuentas.ts'
import { type PedidoDemo, pedidos } from './pedidos.ts'
import { forEachBounded } from './pool.ts'

export type { DemoApi } from './api.ts'

/** How many requests run at the same time. */
export const CONCURRENCY = 8

export interface Recuento {
  creados: number
  existentes: number
  /** What somebody has changed since, or what depends on it. */
  omitidos: number
}

export interface SeedReport {
  readonly cuentas: Recuento
  readonly productos: Recuento
  readonly existencias: Recuento
  readonly pedidos: Recuento
}

interface Corrida {
  readonly api: DemoApi
  readonly report: (line: string) => void
  readonly resultado: SeedReport
}

type Compradores = Record<PedidoDemo['cliente'], Sesion>

const ninguno = (): Recuento => ({ creados: 0, existentes: 0, omitidos: 0 })

/**
 * Fills an Encargo with the demo shop. Each thing is looked up before it is made, so a second run,
 * or one after a crash at any point, makes only what is missing. What a developer has changed
 * (a password, an archived product, an order that ended otherwise) is left alone and reported.
 *
 * @param report takes one line of progress, in English, for the developer's screen.
 * @throws what `api` throws, once the requests under way have ended.
 */
export async function seedDemo(api: DemoApi, report: (line: string) => void): Promise<SeedReport> {
  const resultado = {
    cuentas: ninguno(),
    productos: ninguno(),
    existencias: ninguno(),
    pedidos: ninguno(),
  }
  const corrida = { api, report, resultado }
  const compradores = await asegurarCuentas(corrida)
  if (!compradores) {
    resultado.productos.omitidos = resultado.existencias.omitidos = catalogo.length
    resultado.pedidos.omitidos = pedidos.length
    return resultado
  }
  report(`demo accounts: ${resumen(resultado.cuentas)}`)
  const ids = await asegurarCatalogo(corrida, compradores.operador)
  report(`demo products: ${resumen(resultado.productos)}`)
  report(`demo stock: ${resumen(resultado.existencias)}`)
  await asegurarPedidos(corrida, compradores, ids)
  report(`demo orders: ${resumen(resultado.pedidos)}`)
  return resultado
}

/** The shopper and the operator, logged in; null when one of them no longer takes its password. */
async function asegurarCuentas(corrida: Corrida): Promise<Compradores | null> {
  const [cliente, operador] = await Promise.all([
    asegurarCuenta(corrida, cuentas.cliente),
    asegurarCuenta(corrida, cuentas.operador),
  ])
  if (!cliente || !operador) return null
  if (operador.rol !== 'cliente') return { cliente, operador }
  await corrida.api.hacerOperador(operador.usuarioId)
  const ascendido = await corrida.api.iniciarSesion(cuentas.operador)
  return ascendido && { cliente, operador: ascendido }
}

async function asegurarCuenta(corrida: Corrida, cuenta: CuentaDemo): Promise<Sesion | null> {
  const { api, report, resultado } = corrida
  const registro = await api.registrar(cuenta)
  const sesion = await api.iniciarSesion(cuenta)
  if (sesion) {
    if (!sesion.emailConfirmado) await api.confirmarEmail(sesion.usuarioId)
    resultado.cuentas[registro === 'creado' ? 'creados' : 'existentes']++
    return sesion
  }
  resultado.cuentas.omitidos++
  report(`${cuenta.email} no longer takes its demo password: the demo data is left as it is`)
  return null
}

/** Every product with its stock; answers the ids by SKU of those that can be bought. */
async function asegurarCatalogo(corrida: Corrida, sesion: Sesion): Promise<Map<string, string>> {
  const { api, report, resultado } = corrida
  const aLaVenta = await api.productosPorSku()
  const conocidos = catalogo.flatMap(({ sku }) => aLaVenta.get(sku) ?? [])
  const conExistencia =
    conocidos.length > 0 ? await api.existenciasDe(sesion, conocidos) : new Set<string>()
  const ids = new Map<string, string>()

  await forEachBounded(catalogo, CONCURRENCY, async (producto) => {
    const id = aLaVenta.get(producto.sku) ?? (await crear(producto))
    if (id === null) return
    if (conExistencia.has(id)) resultado.existencias.existentes++
    else await abrirExistencia(corrida, sesion, id, producto)
    ids.set(producto.sku, id)
  })
  resultado.productos.existentes = conocidos.length
  return ids

  async function crear(producto: ProductoDemo): Promise<string | null> {
    const creacion = await api.crearProducto(sesion, producto)
    if ('id' in creacion) {
      resultado.productos.creados++
      return creacion.id
    }
    report(`${producto.sku} is left alone, it exists and may be archived (${creacion.rechazo})`)
    resultado.productos.omitidos++
    resultado.existencias.omitidos++
    return null
  }
}

async function abrirExistencia(
  { api, resultado }: Corrida,
  sesion: Sesion,
  productoId: string,
  { existencia, umbralMinimo }: ProductoDemo,
): Promise<void> {
  const hecho = await api.crearExistencia(sesion, {
    productoId,
    cantidad: existencia,
    umbralMinimo,
  })
  resultado.existencias[hecho === 'creado' ? 'creados' : 'existentes']++
}

/**
 * The sample orders, each brought to its end. Known by their notes as well as by their idempotency
 * keys, because a service keeps a key for 24 hours and the demo data may be months old.
 */
async function asegurarPedidos(
  corrida: Corrida,
  compradores: Compradores,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const { api, report, resultado } = corrida
  const [deCliente, deOperador] = await Promise.all([
    api.pedidosDe(compradores.operador, compradores.cliente.usuarioId),
    api.pedidosDe(compradores.operador, compradores.operador.usuarioId),
  ])
  if (!deCliente || !deOperador) {
    resultado.pedidos.omitidos = pedidos.length
    report('the demo accounts have so many orders by now that the samples are not looked for')
    return
  }
  const porNotas = new Map([...deCliente, ...deOperador].map((visto) => [visto.notas, visto]))

  await forEachBounded(pedidos, CONCURRENCY, async (pedido, indice) => {
    const visto = porNotas.get(pedido.notas)
    if (visto) resultado.pedidos.existentes++
    // Only an order that is still open can be one whose end a crash cut off.
    if (visto && visto.estado !== 'Pendiente') return
    const pedidoId = visto?.id ?? (await comprar(corrida, compradores, ids, pedido, indice))
    if (pedidoId) await terminar(corrida, compradores, pedido, pedidoId)
  })
}

async function comprar(
  { api, report, resultado }: Corrida,
  compradores: Compradores,
  ids: ReadonlyMap<string, string>,
  { cliente, lineas, notas, direccionEnvio }: PedidoDemo,
  indice: number,
): Promise<string | null> {
  const encontradas = lineas.flatMap(({ sku, cantidad }) => {
    const productoId = ids.get(sku)
    return productoId ? { productoId, cantidad } : []
  })
  const creacion: Creacion =
    encontradas.length < lineas.length
      ? { rechazo: 'a product is not for sale' }
      : await api.comprar(compradores[cliente], {
          idempotencyKey: claveDe(indice),
          lineas: encontradas,
          notas,
          ...(direccionEnvio && { direccionEnvio }),
        })
  if ('id' in creacion) {
    resultado.pedidos.creados++
    return creacion.id
  }
  report(`sample order ${indice + 1} is left out: ${creacion.rechazo}`)
  resultado.pedidos.omitidos++
  return null
}

async function terminar(
  { api, report }: Corrida,
  compradores: Compradores,
  { cliente, fin }: PedidoDemo,
  pedidoId: string,
): Promise<void> {
  if (fin.estado === 'Pendiente') return
  const hecho =
    fin.estado === 'Completado'
      ? await api.completar(compradores.operador, pedidoId)
      : await api.cancelar(
          compradores[fin.por === 'cliente' ? cliente : 'operador'],
          pedidoId,
          fin.motivo,
        )
  if (!hecho) report(`order ${pedidoId} is left alone, it has ended otherwise`)
}

/** The idempotency key of the sample order at this position, the same in every run. */
function claveDe(indice: number): string {
  return `demo-pedido-${String(indice + 1).padStart(2, '0')}`
}

function resumen({ creados, existentes, omitidos }: Recuento): string {
  const partes = [`${creados} created`, `${existentes} already there`]
  if (omitidos > 0) partes.push(`${omitidos} left alone`)
  return partes.join(', ')
}
