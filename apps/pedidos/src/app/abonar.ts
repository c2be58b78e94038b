import { derivedId } from '@encargo/service-kit/values/derived-id'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { CausaAbono } from '../domain/cobranza/cuenta.ts'
import type { Pedido } from '../domain/pedido.ts'
import type { AbonoAnotado } from '../ports/cobranza.ts'
import type { Deps } from './deps.ts'

export interface PeticionAbono {
  readonly pedidoId: string
  readonly importe: number
  readonly causa: CausaAbono
  readonly motivo: string
  readonly actor: string
  /** Of the request that asks for it, if it has one. */
  readonly clave: string | undefined
}

export type Abonado =
  | { readonly tipo: 'hecho'; readonly pedido: Pedido; readonly repetido: boolean }
  | { readonly tipo: 'no-encontrado' }
  | { readonly tipo: Exclude<AbonoAnotado, 'anotado' | 'repetido'> }

/** Has an order be paid for less, or part of it given up as lost. What is too much by then goes back. */
export async function abonar(
  { store, clock, uuid }: Deps,
  { pedidoId, clave, ...que }: PeticionAbono,
  call: CallContext,
): Promise<Abonado> {
  const pedido = await store.porId(pedidoId)
  if (!pedido) return { tipo: 'no-encontrado' }
  const ahora = clock.epochMs()
  const id = clave === undefined ? uuid() : derivedId(JSON.stringify(['abono', que.actor, clave]))
  const cuando = { ahora, proximaEn: ahora, traza: call.traceId }
  const anotado = await store.abonar({ ...que, ...cuando, id, numero: pedido.numero })
  if (anotado !== 'anotado' && anotado !== 'repetido') return { tipo: anotado }
  const despues = await store.porId(pedidoId)
  if (!despues) return { tipo: 'no-encontrado' }
  return { tipo: 'hecho', pedido: despues, repetido: anotado === 'repetido' }
}
