import type { ListarAuditoria } from '@encargo/service-kit/audit/log'
import type { CobranzaStore } from './cobros.ts'
import type { MetodoStore } from './metodos.ts'

/** What pagos keeps. */
export interface PagosStore extends MetodoStore, CobranzaStore {
  readonly auditoria: ListarAuditoria
}
