import type { Storage } from '@encargo/storage'
import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { apuntar } from './auditoria.ts'
import { confirmarEmail } from './confirmaciones.ts'
import { deberCorreo } from './correos.ts'
import type { RestablecimientoStore } from '../ports/usuarios.ts'
import { cerrarSesionesDe, type Db } from './sesiones.ts'
import type * as tables from './sqlite/tables.ts'
import { restablecimientos, usuarios } from './sqlite/tables.ts'

const good = (hash: string, now: number) =>
  and(eq(restablecimientos.hash, hash), gt(restablecimientos.caducaEn, now))

/**
 * An address that nobody had confirmed may have been typed by a stranger: what goes by the account's
 * data from now on (deliveries, invoices) must not go to that stranger.
 */
function takeOver(db: Db, usuarioId: string): void {
  db.update(usuarios)
    .set({ telefono: null, cedula: null, cedulaClave: null })
    .where(eq(usuarios.id, usuarioId))
    .run()
}

export function createRestablecimientoStore(
  storage: Storage<typeof tables>,
): RestablecimientoStore {
  const { db } = storage

  return {
    poner: ({ hash, correo, direccion }) =>
      storage.write((db) => {
        const { usuarioId, creadoEn, caducaEn } = correo
        const who = { actorId: null, sujetoId: usuarioId, direccion }
        apuntar(db, { en: creadoEn, accion: 'restablecimiento-pedido', ...who })
        db.insert(restablecimientos)
          .values({ usuarioId, hash, caducaEn })
          .onConflictDoUpdate({ target: restablecimientos.usuarioId, set: { hash, caducaEn } })
          .run()
        deberCorreo(db, correo)
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
          .set({ passwordHash, actualizadoEn: now })
          .where(owner)
          .returning({ id: usuarios.id, confirmadoEn: usuarios.emailConfirmadoEn })
          .get()
        if (!changed) return false
        if (changed.confirmadoEn === null) takeOver(db, changed.id)
        // Whoever has the token reads what comes to the address.
        confirmarEmail(db, { usuarioId: changed.id, direccion, now })
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
