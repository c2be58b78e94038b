import type { Storage } from '@encargo/storage'
import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm'
import type { Apunte } from '../domain/auditoria.ts'
import { redDe } from '../security/red.ts'
import type { AuditoriaStore } from './port.ts'
import type * as tables from './tables.ts'
import { auditoria } from './tables.ts'

type Db = Storage<typeof tables>['db']

/** Writes a line within the write that it tells of: neither is on disk without the other. */
export function apuntar(db: Db, { direccion, ...apunte }: Apunte): void {
  db.insert(auditoria)
    .values({ ...apunte, red: redDe(direccion) })
    .run()
}

export function createAuditoriaStore(storage: Storage<typeof tables>): AuditoriaStore {
  return {
    apuntar: (apunte) => storage.write((db) => apuntar(db, apunte)),

    listar: async ({ accion, actorId, sujetoId, antesDe, limite }) =>
      storage.db
        .select()
        .from(auditoria)
        .where(
          and(
            accion === undefined ? undefined : eq(auditoria.accion, accion),
            actorId === undefined ? undefined : eq(auditoria.actorId, actorId),
            sujetoId === undefined ? undefined : eq(auditoria.sujetoId, sujetoId),
            antesDe === undefined ? undefined : lt(auditoria.numero, antesDe),
          ),
        )
        .orderBy(desc(auditoria.numero))
        .limit(limite + 1)
        .all(),

    // The log is append-only and its lines are numbered as they are committed: whoever has read up
    // to one of them and later reads on has missed none.
    eliminados: async ({ despuesDe, limite }) =>
      storage.db
        .select({
          numero: auditoria.numero,
          // Every line of this kind says of whom.
          id: sql<string>`${auditoria.sujetoId}`,
          en: auditoria.en,
        })
        .from(auditoria)
        .where(and(eq(auditoria.accion, 'usuario-eliminado'), gt(auditoria.numero, despuesDe)))
        .orderBy(asc(auditoria.numero))
        .limit(limite + 1)
        .all(),
  }
}
