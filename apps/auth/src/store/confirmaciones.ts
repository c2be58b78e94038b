import type { Storage } from '@encargo/storage'
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { apuntar } from './auditoria.ts'
import { deberCorreo, olvidarCorreos } from './correos.ts'
import type { ConfirmacionStore, Confirmar } from '../ports/usuarios.ts'
import type { Db } from './sesiones.ts'
import type * as tables from './sqlite/tables.ts'
import { confirmaciones, usuarios } from './sqlite/tables.ts'

/** The token that confirms an address and the mail that brings it; they replace older ones. */
export function pedirConfirmacion(db: Db, { hash, correo }: Confirmar): void {
  const { usuarioId, caducaEn } = correo
  db.insert(confirmaciones)
    .values({ usuarioId, hash, caducaEn })
    .onConflictDoUpdate({ target: confirmaciones.usuarioId, set: { hash, caducaEn } })
    .run()
  deberCorreo(db, correo)
}

/** Nothing is left to be confirmed. */
export function olvidarConfirmacion(db: Db, usuarioId: string): void {
  db.delete(confirmaciones).where(eq(confirmaciones.usuarioId, usuarioId)).run()
  olvidarCorreos(db, usuarioId, 'confirmar')
}

/** Confirms the address of an open account, once: that there is nothing more to confirm is no change. */
export function confirmarEmail(
  db: Db,
  { usuarioId, direccion, now }: { usuarioId: string; direccion: string | null; now: number },
): void {
  olvidarConfirmacion(db, usuarioId)
  const changed = db
    .update(usuarios)
    .set({ emailConfirmadoEn: now, version: sql`${usuarios.version} + 1`, actualizadoEn: now })
    .where(
      and(
        eq(usuarios.id, usuarioId),
        eq(usuarios.activo, true),
        isNull(usuarios.emailConfirmadoEn),
      ),
    )
    .returning({ id: usuarios.id })
    .get()
  if (!changed) return
  const who = { actorId: usuarioId, sujetoId: usuarioId, direccion }
  apuntar(db, { en: now, accion: 'email-confirmado', ...who })
}

export function createConfirmacionStore(storage: Storage<typeof tables>): ConfirmacionStore {
  return {
    pedir: (confirmar) => storage.write((db) => pedirConfirmacion(db, confirmar)),

    usar: ({ hash, direccion, now }) =>
      storage.write((db) => {
        const good = and(eq(confirmaciones.hash, hash), gt(confirmaciones.caducaEn, now))
        const found = db
          .select({ usuarioId: usuarios.id })
          .from(confirmaciones)
          .innerJoin(usuarios, eq(confirmaciones.usuarioId, usuarios.id))
          .where(and(good, eq(usuarios.activo, true)))
          .get()
        if (!found) return false
        confirmarEmail(db, { ...found, direccion, now })
        return true
      }),

    purgar: (now) =>
      storage.write((db) => {
        const gone = db.delete(confirmaciones).where(lt(confirmaciones.caducaEn, now))
        return gone.returning({ hash: confirmaciones.hash }).all().length
      }),
  }
}
