import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { Intento } from '../../domain/corrida.ts'
import type { Deuda } from '../../ports/obligaciones.ts'
import type { Cronista } from '../cronista.ts'

/** What an attempt is given. */
export interface Contexto {
  readonly call: CallContext
  readonly cronista: Cronista
  /** The attempt so far, with its result in a word. */
  readonly intento: (resultado: string) => Intento
  /** Whether the process is about to stop: a long attempt then leaves the rest to a later one. */
  readonly parar: () => boolean
}

/**
 * One kind of what is owed: written down in the write that makes it due, then done, and tried again until
 * it is. Add a file beside this one and name it in a lane of `app/index.ts`.
 */
export interface Obligacion<Datos extends TSchema = TSchema> {
  readonly tipo: string
  /** What its rows say; one that says something else is put off and told of. */
  readonly datos: Datos
  /** The service that it needs: while that is away nobody tries. */
  readonly par?: string
  /** How many of it one round takes at most; without it all that are due. */
  readonly porRonda?: number
  /**
   * An attempt, which closes what was owed in the write of what came of it. It may be made twice, here
   * and elsewhere, also at once. `aplazada`: the next round goes on with it, and nothing has failed.
   * It rejects with what failed; then it is put off.
   */
  hacer(deuda: Deuda<Static<Datos>>, contexto: Contexto): Promise<'hecha' | 'aplazada'>
}

/** An attempt came to nothing as was to be expected now and then: it is put off without a word. */
export class AplazadaError extends Error {}

/** For kinds whose key says it all. */
export const sinDatos = Type.Object({})

/** Work that is owed to nobody and comes round again and again. */
export interface Tarea {
  readonly tipo: string
  readonly par?: string
  /** The pause between two turns, in milliseconds; without it each round has one. */
  readonly cadaMs?: number
  turno(parar: () => boolean): Promise<unknown>
}

/** What is done one after the other; lanes wait for none of the others. */
export type Carril = readonly (Obligacion | Tarea)[]

export const esObligacion = (trabajo: Obligacion | Tarea): trabajo is Obligacion =>
  'hacer' in trabajo
