import type { Rol } from '@encargo/service-kit'

const dayMs = 24 * 60 * 60 * 1000

/** A session ends when it was not used for this long, in milliseconds. */
export const inactividadMaximaMs = 14 * dayMs
/** A session ends this long after its start, however much it is used, in milliseconds. */
export const duracionMaximaMs = 90 * dayMs

/** How many sessions a user has open; the one that was used longest ago makes room. */
export const sesionesMaximas = 50

/** From where a session is used: what its owner recognises it by. */
export interface Origen {
  readonly dispositivo: string | null
  readonly direccion: string | null
}

export interface Sesion extends Origen {
  readonly id: string
  readonly creadaEn: number
  readonly ultimoUsoEn: number
  readonly expiraEn: number
}

export interface NuevaSesion extends Origen {
  readonly id: string
  readonly usuarioId: string
  readonly tokenHash: string
}

/** What is stored of a refresh token, its session and its owner. */
export interface TokenGuardado {
  readonly usadoEn: number | null
  readonly sesion: {
    readonly id: string
    readonly usuarioId: string
    readonly ultimoUsoEn: number
    readonly expiraEn: number
    readonly cerradaEn: number | null
  }
  readonly usuario: { readonly rol: Rol; readonly activo: boolean }
}

export type DecisionRenovar = 'renovar' | 'reutilizado' | 'invalido'

/** A used token is told as such even when its session is over: many may present it at once. */
export function decidirRenovacion(token: TokenGuardado, now: number): DecisionRenovar {
  if (token.usadoEn !== null) return 'reutilizado'
  return token.usuario.activo && sesionAbierta(token.sesion, now) ? 'renovar' : 'invalido'
}

export function sesionAbierta(
  sesion: Pick<TokenGuardado['sesion'], 'ultimoUsoEn' | 'expiraEn' | 'cerradaEn'>,
  now: number,
): boolean {
  const activeUntil = Math.min(sesion.expiraEn, sesion.ultimoUsoEn + inactividadMaximaMs)
  return sesion.cerradaEn === null && now < activeUntil
}
