import { type TSchema, Type } from '@sinclair/typebox'
import { type Asked, PeerProtocolError, PeerUnavailableError, shape } from './peer.ts'

// What is made of peers' answers by whoever asks them.

export const unforeseen = (peer: string, status: unknown) =>
  new PeerProtocolError(`${peer} answered ${String(status)}`)

/** What was asked for, of a peer that has no reason to refuse it. @throws PeerProtocolError */
export function exigir<T>(peer: string, answer: Asked<T, { readonly status: unknown }>): T {
  if (!answer.ok) throw unforeseen(peer, answer.error.status)
  return answer.data
}

/** What a page of a list holds, of which each entry must fit. */
export const paginaDe = <T extends TSchema>(entrada: T) =>
  shape(
    Type.Object({
      datos: Type.Array(entrada),
      siguiente: Type.Union([Type.String({ minLength: 1 }), Type.Null()]),
    }),
  )

/** A moment in an answer. */
export const momentoDe = (peer: string, texto: string): number => {
  const ms = Date.parse(texto)
  if (Number.isNaN(ms)) throw new PeerProtocolError(`${peer} answered a moment that is none`)
  return ms
}

export const late = (peer: string) => () => new PeerUnavailableError(peer, 1000)

/** The longest page of a list that a service answers. */
export const porPagina = 200
