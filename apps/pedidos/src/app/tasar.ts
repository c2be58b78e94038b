import type { Chronicle } from '@encargo/service-kit/obligations/chronicle'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import {
  type Cliente,
  clienteDePaso,
  juzgarCliente,
  type Pedida,
  type Solicitud,
  type Trato,
} from '../domain/compra.ts'
import type { Condiciones } from '../domain/condiciones.ts'
import { condicionesDe, type Cotizacion, cotizar, sinOferta } from '../domain/cotizacion.ts'
import type { Negativa } from '../domain/negativa.ts'
import type { Linea } from '../domain/pedido.ts'
import type { Deps } from './deps.ts'
import { ofertaDe } from './ofertas.ts'

/** An order at the prices of the moment. */
export interface Valorada {
  readonly lineas: readonly Linea[]
  readonly total: number
  readonly condiciones: Condiciones | null
}

export interface Tasacion {
  /** Who buys, if auth knows them. */
  readonly cliente: Cliente | undefined
  readonly juicio: Valorada | Negativa
}

/**
 * Asks auth who buys and productos how much it costs, side by side; today's prices, or why the
 * order is refused.
 * @throws PeerUnavailableError, PeerProtocolError
 */
export async function tasar(
  deps: Deps,
  solicitud: Solicitud,
  pedidas: readonly Pedida[],
  cronista: Chronicle,
  call: CallContext,
): Promise<Tasacion> {
  const { compradorId, clienteId, trato, direccionEnvio } = solicitud
  const ids = pedidas.map(({ productoId }) => productoId)
  const encargado = {
    pedidas,
    metodoEnvio: trato?.metodoEnvio,
    lugar: direccionEnvio ?? undefined,
    cupon: trato?.cupon,
    cliente: trato?.cliente ?? 'con-cuenta',
  }
  const conOferta = encargado.metodoEnvio !== undefined || encargado.cupon !== undefined
  const [cliente, articulos, oferta] = await Promise.all([
    encargado.cliente === 'sin-cuenta' && clienteId === clienteDePaso
      ? { id: clienteId, activo: true, confirmado: true }
      : buscarCliente(deps, clienteId, cronista, call),
    cronista.step(
      'productos: precios',
      () => deps.catalogo.buscar(ids, call),
      (hallados) => `${hallados.size} de ${ids.length}`,
    ),
    conOferta ? ofertaDe(deps, encargado, clienteId, call) : sinOferta,
  ])
  const negada = juzgarCliente(cliente, clienteId === compradorId)
  if (negada) return { cliente, juicio: negada }
  const cotizacion = cotizar(encargado, articulos, oferta)
  return { cliente, juicio: 'codigo' in cotizacion ? cotizacion : aceptar(cotizacion, solicitud) }
}

async function buscarCliente(
  { clientes }: Deps,
  id: string,
  cronista: Chronicle,
  call: CallContext,
): Promise<Cliente | undefined> {
  return await cronista.step(
    'auth: cliente',
    () => clientes.buscar(id, call),
    (uno) => (uno?.activo ? 'activo' : uno ? 'inactivo' : 'desconocido'),
  )
}

/** What was reckoned as an order, or why it is not the one that was asked for. */
function aceptar(cotizacion: Cotizacion, solicitud: Solicitud): Valorada | Negativa {
  const { lineas, total, envio } = cotizacion
  const { trato, direccionEnvio } = solicitud
  const [reparo] = cotizacion.reparos
  if (reparo) return reparo
  const tipo = envio?.metodoEnvio.tipo
  if (tipo === 'domicilio' && !direccionEnvio) return { codigo: 'sin-direccion' }
  if (tipo === 'retiro' && direccionEnvio) return { codigo: 'direccion-de-mas' }
  if (cotizacion.enBalde) return { codigo: 'cupon-invalido', motivo: 'sin-envio' }
  if (!trato) return { lineas, total, condiciones: null }
  const { totalEsperado } = trato
  if (totalEsperado !== undefined && totalEsperado !== total) {
    return { codigo: 'total-cambiado', cotizacion }
  }
  return { lineas, total, condiciones: seAcuerda(trato) ? condicionesDe(trato, cotizacion) : null }
}

/** Whether anything is to be kept of what somebody said. */
function seAcuerda(trato: Trato): boolean {
  const { contacto, facturacion, idioma, canal, metodoEnvio, cupon, invitado } = trato
  const dichos = [contacto, facturacion, idioma, canal, metodoEnvio ?? null, cupon ?? null]
  return invitado || dichos.some((uno) => uno !== null)
}
