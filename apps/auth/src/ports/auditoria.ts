import type { ListarAuditoria } from '@encargo/service-kit/audit/log'
import type { Rol } from '@encargo/service-kit/identity/tokens'
import type { Apunte } from '../domain/auditoria.ts'

/** An account that was erased: its line of the log, its id, and when, in milliseconds. */
export interface Eliminado {
  readonly numero: number
  readonly id: string
  readonly en: number
}

/** What somebody may be by now; without a role nothing. */
export interface RolActual {
  readonly id: string
  readonly rol: Rol | null
}

export interface AuditoriaStore {
  /** For what changes nothing else; changes write their line themselves. */
  apuntar(apunte: Apunte): Promise<void>
  readonly listar: ListarAuditoria
  /** Up to `limite + 1` erased accounts after line `despuesDe`, in the order of their erasure. */
  eliminados(rango: {
    readonly despuesDe: number
    readonly limite: number
  }): Promise<readonly Eliminado[]>
  /** Whose role was changed, or whose account was closed or erased, from then on; of guests for longer. */
  cambiados(rango: {
    readonly desde: number
    readonly invitadosDesde: number
  }): Promise<readonly RolActual[]>
}
