import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Solicitud } from '../domain/compra.ts'
import type { Negativa } from '../domain/negativa.ts'
import type { NuevaCobranza } from '../ports/cobranza.ts'
import type { MetodoPago } from '../ports/pagos.ts'
import type { Deps } from './deps.ts'

/**
 * The way to pay that somebody has chosen, if they have and there is one of that name.
 * @throws PeerUnavailableError, PeerProtocolError
 */
export async function metodoPedido(
  { pagos }: Pick<Deps, 'pagos'>,
  { metodoPago }: Solicitud,
  call: CallContext,
): Promise<MetodoPago | undefined> {
  if (metodoPago === undefined) return undefined
  return (await pagos.metodos(call)).find(({ codigo }) => codigo === metodoPago)
}

/** How an order of so much is to be paid, or why not so; null where nothing is said of that. */
export function comoSePaga(
  metodo: MetodoPago | undefined,
  { metodoPago, completar }: Solicitud,
  total: number,
): NuevaCobranza | Extract<Negativa, { codigo: 'metodo-pago-no-disponible' }> | null {
  if (metodoPago === undefined) return null
  const { minimo, maximo } = metodo ?? {}
  if (!metodo || total < (minimo ?? 0) || total > (maximo ?? Number.POSITIVE_INFINITY)) {
    return { codigo: 'metodo-pago-no-disponible' }
  }
  // At the counter money and goods change hands together.
  return { metodo: metodo.codigo, momento: completar ? 'contra-entrega' : metodo.momento }
}
