import type { Storage } from '@encargo/storage'
import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { apuntar } from './auditoria.ts'
import type { RestablecimientoStore } from './port.ts'
import { cerrarSesionesDe } from './sesiones.ts'
import type * as tables from './tables.ts'
import { restablecimientos, usuarios } from './tables.ts'

const good = (hash: string, now: number) =>
  and(eq(restablecimientos.hash, hash), gt(restablecimientos.caducaEn, now))

export function createRestablecimientoStore(
  storage: Storage<typeof tables>,
): RestablecimientoStore {
  const { db } = storage

  return {
    poner: ({ usuarioId, hash, caducaEn, direccion, now }) =>
      storage.write((db) => {
        const who = { actorId: null, sujetoId: usuarioId, direccion }
        apuntar(db, { en: now, accion: 'restablecimiento-pedido', ...who })
        db.insert(restablecimientos)
          .values({ usuarioId, hash, caducaEn })
          .onConflictDoUpdate({ target: restablecimientos.usuarioId, set: { hash, caducaEn } })
          .run()
      }),

    titular: async (hash, now) =>
      db
        .select({ email: sql<string>`${usuarios.email}`, nombre: sql<string>`${usuarios.nombre}` })
        .from(restablecimientos)
        .innerJoin(usuarios, eq(restablecimientos.usuarioId, usuarios.id))
        .where(and(good(hash, now), eq(usuarios.activo, true)))
        .get(),

    usar: ({ hash, passwordHash, direccion, now }) =>
      storage.write((db) => {
        const used = db.delete(restablecimientos).where(good(hash, now)).returning().get()
        if (!used) return false
        const owner = and(eq(usuarios.id, used.usuarioId), eq(usuarios.activo, true))
        const changed = db
          .update(usuarios)
          // Whoever has the token reads what comes to the address.
          .set({
            passwordHash,
            emailConfirmadoEn: sql`coalesce(${usuarios.emailConfirmadoEn}, ${now})`,
            actualizadoEn: now,
          })
          .where(owner)
          .returning({ id: usuarios.id })
          .get()
        if (!changed) return false
        cerrarSesionesDe(db, { usuarioId: changed.id, now })
        const who = { actorId: changed.id, sujetoId: changed.id, direccion }
        apuntar(db, { en: now, accion: 'password-restablecida', ...who })
        return true
      }),

    purgar: (now) =>
      storage.write((db) => {
        const gone = db.delete(restablecimientos).where(lt(restablecimientos.caducaEn, now))
        return gone.returning({ hash: restablecimientos.hash }).all().length
      }),
  }
}
