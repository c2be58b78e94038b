import type { Storage } from '@encargo/storage'
import { eq, inArray, lt, sql } from 'drizzle-orm'
import { contar, esperaMs, type Llave, olvidoMs } from '../domain/frenos.ts'
import type { FrenoStore } from '../ports/sesiones.ts'
import type * as tables from './sqlite/tables.ts'
import { frenos } from './sqlite/tables.ts'

const purgeBatch = 500

const keys = (llaves: readonly Llave[]) => llaves.map(({ clave }) => clave)

export function createFrenoStore(storage: Storage<typeof tables>): FrenoStore {
  const byKey = storage.db
    .select({ fallos: frenos.fallos, hastaEn: frenos.hastaEn, ultimoEn: frenos.ultimoEn })
    .from(frenos)
    .where(eq(frenos.clave, sql.placeholder('clave')))
    .prepare()

  return {
    intentar: (llaves, now) =>
      storage.write((db) => {
        const found = llaves.map((one) => ({ ...one, freno: byKey.get({ clave: one.clave }) }))
        const waits = found.map(({ freno, politica }) => esperaMs(freno, politica, now))
        const wait = Math.max(0, ...waits)
        if (wait > 0) return wait
        for (const { clave, politica, freno } of found) {
          const next = contar(freno, politica, now)
          db.insert(frenos)
            .values({ clave, ...next })
            .onConflictDoUpdate({ target: frenos.clave, set: next })
            .run()
        }
        return 0
      }),

    perdonar: ({ olvidar, restar }) =>
      storage.write((db) => {
        const one = { fallos: sql`max(0, ${frenos.fallos} - 1)`, hastaEn: frenos.ultimoEn }
        db.delete(frenos)
          .where(inArray(frenos.clave, keys(olvidar)))
          .run()
        db.update(frenos)
          .set(one)
          .where(inArray(frenos.clave, keys(restar)))
          .run()
      }),

    purgar: (now) =>
      storage.write((db) => {
        const old = db
          .select({ clave: frenos.clave })
          .from(frenos)
          .where(lt(frenos.ultimoEn, now - 2 * olvidoMs))
          .limit(purgeBatch)
        const gone = db.delete(frenos).where(inArray(frenos.clave, old))
        return gone.returning({ clave: frenos.clave }).all().length
      }),
  }
}
