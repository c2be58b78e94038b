import { listarAuditoria } from '@encargo/service-kit/audit/log'
import type { Engine } from '@encargo/storage'
import type { PagosStore } from '../ports/store.ts'
import { createMetodos } from './metodos.ts'

/** What happened to money. Reads see what is committed; writes resolve after their fsync. */
export function createPagosStore(engine: Engine): PagosStore {
  return { ...createMetodos(engine), auditoria: listarAuditoria(engine) }
}
