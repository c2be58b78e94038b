import type { ListarAuditoria } from '@encargo/service-kit/audit/log'
import type { MetodoStore } from './metodos.ts'

/** What pagos keeps. */
export interface PagosStore extends MetodoStore {
  readonly auditoria: ListarAuditoria
}
