import type { CuentaServicio } from '../domain/cuenta-servicio.ts'

export interface CuentaListada extends CuentaServicio {
  /** Those that are good now, the newest first; instants in milliseconds, null without an end. */
  readonly secretos: readonly { readonly creadoEn: number; readonly caducaEn: number | null }[]
}

export interface CuentaServicioStore {
  /** Creates the account or sets its scopes. */
  registrar(cuenta: CuentaServicio, now: number): Promise<void>
  /**
   * Makes `hash` the account's current secret; the one before it is taken until `solapeHasta`, and
   * older ones no more. A secret that is known already, even if it ran out, stays as it is. One that may
   * only be the account's first is `ajeno` where there was another, and changes nothing.
   */
  ponerSecreto(secreto: NuevoSecreto): Promise<'puesto' | 'conocido' | 'caducado' | 'ajeno'>
  existe(id: string): Promise<boolean>
  listar(now: number): Promise<CuentaListada[]>
  /** Ends the replaced secrets that are still good; answers how many. */
  revocarAnteriores(cuentaId: string, now: number): Promise<number>
  /** The active account that has this secret, valid now. */
  porSecreto(id: string, hash: string, now: number): Promise<CuentaServicio | undefined>
}

export interface NuevoSecreto {
  readonly cuentaId: string
  readonly hash: string
  readonly now: number
  readonly solapeHasta: number
  readonly soloPrimero?: boolean
}
