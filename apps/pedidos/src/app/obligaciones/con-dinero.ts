import type { Attempt } from '@encargo/service-kit/obligations/obligation'
import { PeerProtocolError, PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import { describeError } from '@encargo/service-kit/run/logger'
import { esperaDinero } from '@encargo/service-kit/values/cobros'
import { cubierto } from '../../domain/cobranza/cuenta.ts'
import { cuentaDe } from '../../domain/cobranza/de-pedido.ts'
import { margenMs, pasoMs, presupuestoMs } from '../../domain/cobranza/espera.ts'
import { idDeReapartado } from '../../domain/identidad-pedido.ts'
import { type Proposito, sistema } from '../../domain/pedido.ts'
import type { Paso } from '../../ports/cobranza.ts'
import type { Deps } from '../deps.ts'

// What orders with money set out for beside their end.

interface EnMarcha {
  readonly numero: number
  readonly id: string
  readonly proposito: Proposito
  readonly actor: string
  readonly reservaId: string
}

/** How a step is written, with what comes to be owed by it at once. */
function pasoDe(
  { clock }: Pick<Deps, 'clock'>,
  { numero, proposito, actor }: EnMarcha,
  { call, soFar }: Attempt,
) {
  const ahora = clock.epochMs()
  return (resultado: string): Paso => ({
    numero,
    proposito,
    actor,
    ahora,
    proximaEn: ahora,
    traza: call.traceId,
    corrida: { operacion: proposito, actor, ...soFar(resultado) },
  })
}

/** Has its stock kept for good. Where it is gone already, the order waits without. */
export async function asegurar(deps: Deps, que: EnMarcha, attempt: Attempt): Promise<void> {
  const { tipo } = await attempt.chronicle.step(
    'inventario: asegurar',
    () => deps.reservas.prorrogar(que.reservaId, 'firme', attempt.call),
    (prorrogada) => prorrogada.tipo,
  )
  const apartado = tipo === 'prorrogada' ? 'firme' : 'vencido'
  await deps.store.seguirCobrado({ ...pasoDe(deps, que, attempt)(apartado), apartado })
}

/** Each id that inventario has closed for good is one that a crash or a restore has used up. */
const masIntentos = 16
const sinExistencias = 'Cuando llegó el pago ya no quedaban existencias: se vendieron a otros.'

/** Gets stock for it anew, for money that came late; where there is none any more it is over. */
export async function reapartar(deps: Deps, que: EnMarcha, attempt: Attempt): Promise<void> {
  const { store, reservas } = deps
  const pedido = await store.porId(que.id)
  if (!pedido) throw new Error('an order that is to get stock anew is not there')
  const lineas = pedido.lineas.map(({ productoId, cantidad }) => ({ productoId, cantidad }))
  for (let intento = 1; intento <= masIntentos; intento++) {
    const reservaId = idDeReapartado(que.id, intento)
    const { tipo } = await attempt.chronicle.step(
      'inventario: reapartar',
      () => reservas.reapartar(reservaId, que.id, lineas, attempt.call),
      (reservado) => reservado.tipo,
    )
    const paso = pasoDe(deps, que, attempt)
    if (tipo === 'reservada') {
      await store.seguirCobrado({ ...paso('firme'), apartado: 'firme', reservaId })
      return
    }
    if (tipo === 'stock-insuficiente') {
      const final = { ...paso('Cancelado'), estado: 'Cancelado', actor: sistema } as const
      await store.terminarCobrado({ ...final, motivo: sinExistencias })
      return
    }
  }
  throw new PeerProtocolError('inventario has closed every reservation that was asked for')
}

/** Folds in what pagos says of each open charge after it was asked to close it. */
async function cerrarCobros(deps: Deps, que: EnMarcha, { call, chronicle }: Attempt) {
  const { store, pagos, clock, logger } = deps
  const pedido = await store.porId(que.id)
  for (const { id } of pedido?.cobranza?.cobros.filter(esperaDinero) ?? []) {
    try {
      const cobro = await chronicle.step(
        'pagos: cerrar',
        () => pagos.cerrar(id, call),
        ({ estado }) => estado,
      )
      const ahora = clock.epochMs()
      const cuando = { ahora, proximaEn: ahora, traza: call.traceId }
      await store.anotarCobro({ ...cuando, numero: que.numero, cobro, expiraEn: undefined })
    } catch (error) {
      const ausente = error instanceof PeerUnavailableError || error instanceof PeerProtocolError
      if (!ausente) throw error
      logger.warn('a charge could not be closed', { id, error: describeError(error) })
    }
  }
  return await store.porId(que.id)
}

/**
 * Before an order with charges gives up its stock, they are closed: money that is there by then keeps it.
 * Those that can't be closed are waited for, but not for ever. False when nothing holds it up any more.
 */
export async function esperarOSoltar(
  deps: Deps,
  que: EnMarcha,
  attempt: Attempt,
): Promise<boolean> {
  const { store, reservas } = deps
  const pedido = await cerrarCobros(deps, que, attempt)
  const cobranza = pedido?.cobranza
  if (!pedido || !cobranza || cobranza.cobros.length === 0) return false
  const paso = pasoDe(deps, que, attempt)
  if (cubierto(cuentaDe(pedido))) {
    await store.seguirCobrado(paso('pagado'))
    return true
  }
  if (cobranza.apartado !== 'plazo' || !cobranza.cobros.some(esperaDinero)) return false
  const { ahora } = paso('')
  const insistirHasta = cobranza.insistirHasta ?? ahora + presupuestoMs(cobranza.cobros)
  if (ahora >= insistirHasta) return false
  const expiraEn = Math.min(ahora + pasoMs, insistirHasta)
  const { tipo } = await attempt.chronicle.step(
    'inventario: prorrogar',
    () => reservas.prorrogar(que.reservaId, expiraEn + margenMs, attempt.call),
    (prorrogada) => prorrogada.tipo,
  )
  if (tipo === 'cerrada') return false
  await store.seguirCobrado({ ...paso('en espera'), expiraEn, insistirHasta })
  return true
}
