import type { FalloEnvio } from '@encargo/service-kit/mail/message'

const minuteMs = 60_000

/** How long what a mail brings is good, and so how long its sending is tried, in milliseconds. */
export const vigenciaMs = {
  restablecer: 30 * minuteMs,
  confirmar: 72 * 60 * minuteMs,
  invitar: 72 * 60 * minuteMs,
} as const
export type TipoCorreo = keyof typeof vigenciaMs

/** A mail that is owed to the owner of an account. The token is secret until it has been sent. */
export interface NuevoCorreo {
  /** Stays the same in every attempt, so that a receiver can tell a second copy. */
  readonly id: string
  readonly tipo: TipoCorreo
  readonly usuarioId: string
  readonly token: string
  /** Instants in milliseconds. */
  readonly creadoEn: number
  readonly caducaEn: number
}

export interface CorreoDebido extends NuevoCorreo {
  readonly email: string
  readonly intentos: number
}

export type ResultadoCorreo =
  | { readonly tipo: 'enviado' }
  | { readonly tipo: 'pendiente'; readonly proximoEn: number; readonly fallo: string }
  | { readonly tipo: 'abandonado'; readonly fallo: string }

/** A mail as staff see it: never what is in it. */
export interface CorreoVisto {
  readonly id: string
  readonly tipo: TipoCorreo
  readonly usuarioId: string
  readonly estado: ResultadoCorreo['tipo']
  readonly intentos: number
  readonly fallo: string | null
  readonly creadoEn: number
  readonly proximoEn: number | null
  readonly terminadoEn: number | null
}

const firstWaitMs = 5_000
const longestWaitMs = 10 * minuteMs

/** The wait after so many failures in a row, in milliseconds: ever longer, up to ten minutes. */
export const esperaTras = (fallos: number): number =>
  Math.min(firstWaitMs * 2 ** (fallos - 1), longestWaitMs)

/** What becomes of a mail that was not taken: refused for good, or due again before it is no more use. */
export function trasFallo(correo: CorreoDebido, fallo: FalloEnvio, now: number): ResultadoCorreo {
  if (fallo.tipo === 'rechazado') return { tipo: 'abandonado', fallo: fallo.codigo }
  const proximoEn = Math.min(now + esperaTras(correo.intentos + 1), correo.caducaEn)
  return { tipo: 'pendiente', proximoEn, fallo: fallo.codigo }
}
