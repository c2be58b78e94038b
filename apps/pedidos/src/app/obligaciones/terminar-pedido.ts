import type { Attempt, Obligation } from '@encargo/service-kit/obligations/obligation'
import type { Deuda } from '@encargo/service-kit/obligations/port'
import { type Static, Type } from '@sinclair/typebox'
import { reservaDe } from '../../domain/cobranza/de-pedido.ts'
import { type Intencion, type Pedido, propositos } from '../../domain/pedido.ts'
import {
  caminos,
  type Deseo,
  desenlace,
  type Respuesta,
  type Respuestas,
} from '../../domain/transiciones.ts'
import type { Deps } from '../deps.ts'
import { asegurar, esperarOSoltar, reapartar } from './con-dinero.ts'

const tipo = 'terminar-pedido'
const Datos = Type.Object({
  numero: Type.Integer(),
  proposito: Type.Union(propositos.map((uno) => Type.Literal(uno))),
  actor: Type.String(),
  motivo: Type.Union([Type.String(), Type.Null()]),
  /** Of an order that has money: what its stock is under. */
  reservaId: Type.Union([Type.String(), Type.Null()]),
})
type EnMarcha = Static<typeof Datos>

/** What an order with a purpose owes. */
export function finDe(
  pedido: Pick<Pedido, 'numero' | 'id' | 'cobranza'>,
  { proposito, actor, motivo, intentos }: Intencion,
): Deuda<EnMarcha> {
  const { numero, id, cobranza } = pedido
  const reservaId = cobranza && reservaDe(pedido)
  return { tipo, clave: id, datos: { numero, proposito, actor, motivo, reservaId }, intentos }
}

/** Tells inventario of an order's purpose, then writes how it ended. */
async function terminar(
  { store, reservas, clock }: Deps,
  { id, deseo, datos }: { readonly id: string; readonly deseo: Deseo; readonly datos: EnMarcha },
  { call, chronicle, soFar }: Attempt,
): Promise<void> {
  const { numero, reservaId } = datos
  const { proposito, actor } = deseo
  const pedir = (que: keyof Respuestas) =>
    chronicle.step<Respuesta>(
      `inventario: ${que}`,
      () => reservas[que](reservaId ?? id, call),
      (respuesta) => respuesta,
    )
  const respuesta = await pedir(caminos[proposito].pide)
  // Nothing is reserved, as after a restore. Releasing it keeps it so.
  if (respuesta === 'inexistente') await pedir('liberar')
  const fin = desenlace(deseo, respuesta)
  const ahora = clock.epochMs()
  const corrida = { operacion: proposito, actor, ...soFar(fin.estado) }
  const final = { numero, proposito, ...fin, ahora, corrida }
  if (reservaId === null) await store.terminar(final)
  // Why it is completed although it is not paid is told as well.
  else {
    const motivo = fin.estado === 'Completado' && fin.actor === actor ? deseo.motivo : fin.motivo
    await store.terminarCobrado({ ...final, motivo, proximaEn: ahora, traza: call.traceId })
  }
}

/** Fulfils what an order has set out for. */
export const terminarPedido = (deps: Deps) =>
  ({
    tipo,
    datos: Datos,
    peer: 'inventario',
    async attempt({ clave: id, datos }, attempt) {
      const { proposito, reservaId } = datos
      const conDinero = reservaId === null ? undefined : { ...datos, id, reservaId }
      if (proposito === 'asegurar' || proposito === 'reapartar') {
        if (!conDinero) throw new Error(`an order without money has set out to ${proposito}`)
        const cumplir = proposito === 'asegurar' ? asegurar : reapartar
        await cumplir(deps, conDinero, attempt)
        return 'done'
      }
      if (proposito === 'expirar' && conDinero) {
        if (await esperarOSoltar(deps, conDinero, attempt)) return 'done'
      }
      await terminar(deps, { id, deseo: { ...datos, proposito }, datos }, attempt)
      return 'done'
    },
  }) satisfies Obligation<typeof Datos>
