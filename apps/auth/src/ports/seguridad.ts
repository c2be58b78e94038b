import type { Rol, Scope } from '@encargo/service-kit/identity/tokens'
import type { Estimacion } from '../domain/regla-password.ts'

/** How hard a password is to guess for somebody who knows `personal`. @throws QueueFullError */
export type EstimatePassword = (
  password: string,
  personal: readonly string[],
) => Promise<Estimacion>

/** Passwords as they are kept. Work that takes its time, of which a bounded amount waits. */
export interface Passwords {
  /** @throws QueueFullError */
  hash(password: string): Promise<string>
  /**
   * Without a stored hash it works as long for nothing, so that time does not tell who is known.
   * @throws QueueFullError
   */
  verify(password: string, stored: string | undefined): Promise<boolean>
  /** Whether a stored hash was made with other parameters than today's. */
  outdated(stored: string): boolean
}

/** What the world may know of a key (RFC 8037, 2). */
export interface PublicKey {
  readonly kid: string
  readonly kty: string
  readonly crv: string
  readonly x: string
  readonly alg: string
  readonly use: string
}

/** The keys that tokens in use were signed with, and those that will sign soon. */
export interface PublicKeys {
  publicKeys(): Promise<PublicKey[]>
}

/** Whom an access token is of. */
export type Sujeto =
  | { readonly tipo: 'usuario'; readonly id: string; readonly rol: Rol; readonly sesionId: string }
  | { readonly tipo: 'invitado'; readonly id: string }
  | { readonly tipo: 'servicio'; readonly id: string; readonly scopes: readonly Scope[] }

/** A signed access token, good for `accessTokenSeconds`, a guest's for `guestLifeSeconds`. */
export type FirmarToken = (sujeto: Sujeto) => Promise<string>
