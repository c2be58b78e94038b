import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { CallContext } from '../peer/call-context.ts'
import type { Intento } from '../values/attempts.ts'
import type { Chronicle } from './chronicle.ts'
import type { Deuda } from './port.ts'

/** What an attempt is given. */
export interface Attempt {
  readonly call: CallContext
  readonly chronicle: Chronicle
  /** The attempt so far, with its result in a word. */
  readonly soFar: (result: string) => Intento
  /** Whether the process is about to stop: a long attempt then leaves the rest to a later one. */
  readonly stopping: () => boolean
}

/**
 * One kind of what is owed: written down in the write that makes it due, then done, and tried again until
 * it is. One file each, named in a lane of the service's `app/index.ts`.
 */
export interface Obligation<Data extends TSchema = TSchema> {
  readonly tipo: string
  /** What its rows say; one that says something else is put off and told of. */
  readonly datos: Data
  /** The service that it needs: while that is away nobody tries. */
  readonly peer?: string
  /** How many of it one round takes at most; without it all that are due. */
  readonly perRound?: number
  /**
   * An attempt, which closes what was owed in the write of what came of it. It may be made twice, here
   * and elsewhere, also at once. `put-off`: the next round goes on with it, and nothing has failed.
   * It rejects with what failed; then it is put off as well.
   */
  attempt(owed: Deuda<Static<Data>>, attempt: Attempt): Promise<'done' | 'put-off'>
}

/** An attempt came to nothing as was to be expected now and then: it is put off without a word. */
export class PutOffError extends Error {}

/** For kinds whose key says it all. */
export const noData = Type.Object({})

/** Work that is owed to nobody and comes round again and again. */
export interface Task {
  readonly tipo: string
  readonly peer?: string
  /** The pause between two turns, in milliseconds; without it each round has one. */
  readonly everyMs?: number
  turn(stopping: () => boolean): Promise<unknown>
}

/** What is done one after the other; lanes wait for none of the others. */
export type Lane = readonly (Obligation | Task)[]

export const isObligation = (work: Obligation | Task): work is Obligation => 'attempt' in work
