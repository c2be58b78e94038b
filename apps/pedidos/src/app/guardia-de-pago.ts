import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { exigible, quedara } from '../domain/cobranza/cuenta.ts'
import { cuentaDe } from '../domain/cobranza/de-pedido.ts'
import { promesas } from '../domain/cobranza/decidir.ts'
import { idDeCaptura } from '../domain/identidad-pedido.ts'
import type { Pedido } from '../domain/pedido.ts'
import type { Deps } from './deps.ts'

/**
 * Whether an order that is to be paid before it leaves is: `tomado` where what was promised has just been
 * taken, and what came of that is on disk.
 *
 * @throws PeerUnavailableError, PeerProtocolError when what is promised can't be taken now
 */
export async function loQueFaltaPagar(
  { store, pagos, clock }: Deps,
  pedido: Pedido,
  call: CallContext,
): Promise<'nada' | 'tomado' | 'pendiente'> {
  if (pedido.cobranza?.momento !== 'antes') return 'nada'
  const cuenta = cuentaDe(pedido)
  const falta = exigible(cuenta) - quedara(cuenta)
  if (falta <= 0) return 'nada'
  const partes = promesas(cuenta, falta)
  if (partes.reduce((suma, { importe }) => suma + importe, 0) < falta) return 'pendiente'
  for (const parte of partes) {
    const cobro = await pagos.capturar({ ...parte, clave: idDeCaptura(parte.cobroId) }, call)
    const ahora = clock.epochMs()
    const cuando = { ahora, proximaEn: ahora, traza: call.traceId }
    await store.anotarCobro({ ...cuando, numero: pedido.numero, cobro, expiraEn: undefined })
    // It would be taken again and again.
    if (cobro.estado === 'autorizado') return 'pendiente'
  }
  return 'tomado'
}
