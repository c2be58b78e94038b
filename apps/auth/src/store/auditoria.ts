import type { Storage } from '@encargo/storage'
import { and, asc, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { Apunte } from '../domain/auditoria.ts'
import { redDe } from '../domain/red.ts'
import type { AuditoriaStore } from '../ports/auditoria.ts'
import type * as tables from './sqlite/tables.ts'
import { auditoria, usuarios } from './sqlite/tables.ts'

type Db = Storage<typeof tables>['db']

/** Writes a line within the write that it tells of: neither is on disk without the other. */
export function apuntar(db: Db, { direccion, ...apunte }: Apunte): void {
  db.insert(auditoria)
    .values({ ...apunte, red: redDe(direccion) })
    .run()
}

const cambiosDeRol = ['rol-cambiado', 'usuario-desactivado', 'usuario-eliminado'] as const
/** How many of the latest changes of each kind are looked at. */
const ultimosCambios = 500

export function createAuditoriaStore(storage: Storage<typeof tables>): AuditoriaStore {
  const ultimos = storage.db
    .select({ id: auditoria.sujetoId, en: auditoria.en })
    .from(auditoria)
    .where(eq(auditoria.accion, sql.placeholder('accion')))
    .orderBy(desc(auditoria.numero))
    .limit(ultimosCambios)
    .prepare()

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

    cambiados: async (desde) => {
      const ids = cambiosDeRol.flatMap((accion) =>
        ultimos.all({ accion }).flatMap(({ id, en }) => (id !== null && en >= desde ? id : [])),
      )
      const where = inArray(usuarios.id, [...new Set(ids)])
      const { id, rol, activo } = usuarios
      const rows = storage.db.select({ id, rol, activo }).from(usuarios).where(where).all()
      return rows.map((row) => ({ id: row.id, rol: row.activo ? row.rol : null }))
    },
  }
}
