import type { CallContext } from '@encargo/service-kit/peer/call-context'
import {
  type Cliente,
  juzgarCliente,
  type Negativa,
  type Pedida,
  type Solicitud,
  valorar,
  type Valorada,
} from '../domain/compra.ts'
import type { Cronista } from './cronista.ts'
import type { Deps } from './deps.ts'

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
  { clientes, catalogo }: Deps,
  { compradorId, clienteId }: Solicitud,
  pedidas: readonly Pedida[],
  cronista: Cronista,
  call: CallContext,
): Promise<Tasacion> {
  const ids = pedidas.map(({ productoId }) => productoId)
  const [cliente, articulos] = await Promise.all([
    cronista.paso(
      'auth: cliente',
      () => clientes.buscar(clienteId, call),
      (uno) => (uno?.activo ? 'activo' : uno ? 'inactivo' : 'desconocido'),
    ),
    cronista.paso(
      'productos: precios',
      () => catalogo.buscar(ids, call),
      (hallados) => `${hallados.size} de ${ids.length}`,
    ),
  ])
  const negada = juzgarCliente(cliente, clienteId === compradorId)
  return { cliente, juicio: negada ?? valorar(pedidas, articulos) }
}
