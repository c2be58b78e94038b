import type { Rol } from '@encargo/service-kit/identity/tokens'

/** How long an access token is good, in seconds. */
export const accessTokenSeconds = 600

const dayMs = 24 * 60 * 60 * 1000

/** A session ends when it was not used for this long, in milliseconds. */
export const inactividadMaximaMs = 14 * dayMs
/** A session ends this long after its start, however much it is used, in milliseconds. */
export const duracionMaximaMs = 90 * dayMs

/** How many sessions a user has open; the one that was used longest ago makes room. */
export const sesionesMaximas = 50

/** From where a session is used: what its owner recognises it by. */
export interface Origen {
  readonly dispositivo: string | undefined
  readonly direccion: string | undefined
}

/** A session as it is kept. */
export interface Sesion {
  readonly id: string
  readonly dispositivo: string | null
  readonly direccion: string | null
  readonly creadaEn: number
  readonly ultimoUsoEn: number
  readonly expiraEn: number
}

export interface NuevaSesion extends Origen {
  readonly id: string
  readonly usuarioId: string
  readonly tokenHash: string
}

/** How long a used refresh token gives its successor again, in milliseconds. */
export const repeticionMs = 30_000

/** What is stored of a refresh token, its session and its owner. */
export interface TokenGuardado {
  readonly usadoEn: number | null
  /** Makes the successor, with the token itself; kept for a while after the use. */
  readonly semilla: string | null
  readonly sesionId: string
  readonly ultimoUsoEn: number
  readonly expiraEn: number
  readonly cerradaEn: number | null
  readonly usuarioId: string
  /** Of the owner. */
  readonly rol: Rol
  readonly activo: boolean
}

export type DecisionRenovar =
  | { readonly tipo: 'renovar' | 'reutilizado' | 'invalido' }
  | { readonly tipo: 'repetir'; readonly semilla: string }

/**
 * A used token is told as such even when its session is over. One that was used a moment ago was
 * sent by two tabs at once, or again as its answer got lost: it gives the same successor.
 */
export function decidirRenovacion(token: TokenGuardado, now: number): DecisionRenovar {
  const { usadoEn, semilla } = token
  const abierta = token.activo && sesionAbierta(token, now)
  if (usadoEn === null) return { tipo: abierta ? 'renovar' : 'invalido' }
  // Whoever used it may have been another process, whose clock is a little ahead of this one's.
  const reciente = Math.abs(now - usadoEn) < repeticionMs
  if (abierta && reciente && semilla !== null) return { tipo: 'repetir', semilla }
  return { tipo: 'reutilizado' }
}

export function sesionAbierta(
  sesion: Pick<TokenGuardado, 'ultimoUsoEn' | 'expiraEn' | 'cerradaEn'>,
  now: number,
): boolean {
  const activeUntil = Math.min(sesion.expiraEn, sesion.ultimoUsoEn + inactividadMaximaMs)
  return sesion.cerradaEn === null && now < activeUntil
}
