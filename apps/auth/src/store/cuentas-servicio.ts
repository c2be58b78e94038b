import { type Scope, scopes as known } from '@encargo/service-kit/identity/tokens'
import type { Storage } from '@encargo/storage'
import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { CuentaServicioStore } from '../ports/servicios.ts'
import type * as tables from './sqlite/tables.ts'
import { cuentasServicio, secretosServicio } from './sqlite/tables.ts'

/** The scopes in a stored text; what this version does not know is left out. */
function leerScopes(texto: string): Scope[] {
  const stored = texto.split(' ')
  return known.filter((scope) => stored.includes(scope))
}

export function createCuentaServicioStore(storage: Storage<typeof tables>): CuentaServicioStore {
  const bySecret = storage.db
    .select({ id: cuentasServicio.id, scopes: cuentasServicio.scopes })
    .from(secretosServicio)
    .innerJoin(cuentasServicio, eq(secretosServicio.cuentaId, cuentasServicio.id))
    .where(
      and(
        eq(secretosServicio.hash, sql.placeholder('hash')),
        eq(cuentasServicio.id, sql.placeholder('id')),
        eq(cuentasServicio.activa, true),
        or(
          isNull(secretosServicio.caducaEn),
          gt(secretosServicio.caducaEn, sql.placeholder('now')),
        ),
      ),
    )
    .prepare()

  return {
    registrar: ({ id, scopes }, now) =>
      storage.write((db) => {
        const texto = scopes.join(' ')
        db.insert(cuentasServicio)
          .values({ id, scopes: texto, creadaEn: now })
          .onConflictDoUpdate({ target: cuentasServicio.id, set: { scopes: texto } })
          .run()
      }),

    ponerSecreto: ({ cuentaId, hash, now, solapeHasta }) =>
      storage.write((db) => {
        const known = db
          .select({ caducaEn: secretosServicio.caducaEn })
          .from(secretosServicio)
          .where(eq(secretosServicio.hash, hash))
          .get()
        if (known) return known.caducaEn === null || known.caducaEn > now ? 'conocido' : 'caducado'
        const own = eq(secretosServicio.cuentaId, cuentaId)
        db.update(secretosServicio)
          .set({ caducaEn: now })
          .where(and(own, gt(secretosServicio.caducaEn, now)))
          .run()
        db.update(secretosServicio)
          .set({ caducaEn: solapeHasta })
          .where(and(own, isNull(secretosServicio.caducaEn)))
          .run()
        db.insert(secretosServicio).values({ hash, cuentaId, creadoEn: now }).run()
        return 'puesto'
      }),

    async existe(id) {
      const found = storage.db
        .select({ id: cuentasServicio.id })
        .from(cuentasServicio)
        .where(eq(cuentasServicio.id, id))
        .get()
      return found !== undefined
    },

    async listar(now) {
      const good = or(isNull(secretosServicio.caducaEn), gt(secretosServicio.caducaEn, now))
      const cuentas = storage.db.select().from(cuentasServicio).orderBy(cuentasServicio.id).all()
      const secretos = storage.db
        .select()
        .from(secretosServicio)
        .where(good)
        .orderBy(desc(secretosServicio.creadoEn))
        .all()
      return cuentas.map(({ id, scopes }) => ({
        id,
        scopes: leerScopes(scopes),
        secretos: secretos.filter(({ cuentaId }) => cuentaId === id),
      }))
    },

    revocarAnteriores: (cuentaId, now) =>
      storage.write((db) => {
        const replaced = and(
          eq(secretosServicio.cuentaId, cuentaId),
          gt(secretosServicio.caducaEn, now),
        )
        const ended = db.update(secretosServicio).set({ caducaEn: now }).where(replaced)
        return ended.returning({ hash: secretosServicio.hash }).all().length
      }),

    async porSecreto(id, hash, now) {
      const found = bySecret.get({ id, hash, now })
      return found && { id: found.id, scopes: leerScopes(found.scopes) }
    },
  }
}
