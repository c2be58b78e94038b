import type { Rol } from '@encargo/service-kit/identity/tokens'
import type { Llave } from '../domain/frenos.ts'
import type { NuevaSesion, Sesion } from '../domain/sesion.ts'

export type Renovada =
  | {
      readonly tipo: 'renovada'
      readonly refreshToken: string
      readonly sesionId: string
      readonly usuarioId: string
      readonly rol: Rol
    }
  | { readonly tipo: 'reutilizado'; readonly sesionId: string; readonly usuarioId: string }
  | { readonly tipo: 'invalido' }

export interface Renovacion {
  readonly token: string
  /** Fresh and random: what the next token is made of, with this one. */
  readonly semilla: string
  readonly direccion: string | undefined
  readonly now: number
}

export interface CierreSesion {
  readonly usuarioId: string
  readonly id: string
  readonly direccion: string | undefined
  readonly now: number
}

/** Counters to be forgotten, and those from which an attempt is taken back. */
export interface Perdon {
  readonly olvidar: readonly Llave[]
  readonly restar: readonly Llave[]
}

export interface SesionStore {
  /**
   * Answers false when the user was closed or changed password since `passwordHash` was read.
   * @param perdon is given in either case: the password was right
   */
  abrir(nueva: NuevaSesion, passwordHash: string, now: number, perdon?: Perdon): Promise<boolean>
  /**
   * Uses a refresh token: once. One that was used a moment ago gives what has become of it since; one
   * that was used before that ends its session.
   */
  renovar(renovacion: Renovacion): Promise<Renovada>
  /** Ends the session of a refresh token, known or not, used or not. */
  cerrarPorToken(hash: string, direccion: string | undefined, now: number): Promise<void>
  abiertas(usuarioId: string, now: number): Promise<Sesion[]>
  /** Ends one of the user's own sessions; false when there is no such open one. */
  cerrar(cierre: CierreSesion): Promise<boolean>
  /** From where an e-mail's owner signed in, open sessions or not; the latest first, a bounded number. */
  direccionesDe(emailClave: string): Promise<string[]>
  /** Forgets sessions that are long over, a bounded number at a time; answers how many. */
  purgar(now: number): Promise<number>
}

export interface FrenoStore {
  /** Counts an attempt on all keys, or on none and answers how long to wait, in milliseconds. */
  intentar(llaves: readonly Llave[], now: number): Promise<number>
  /** Takes an attempt back, or forgets a counter. */
  perdonar(perdon: Perdon): Promise<void>
  /** Forgets counters that nobody touched for long, a bounded number at a time; answers how many. */
  purgar(now: number): Promise<number>
}
