import { isUniqueViolation, type Storage } from '@encargo/storage'
import { and, count, desc, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Apunte } from '../domain/auditoria.ts'
import type { NuevoUsuario, Usuario } from '../domain/usuario.ts'
import { dejaDeSerAdmin } from '../domain/usuario.ts'
import { claveDeCedula, claveDeEmail } from '../domain/identidades.ts'
import { apuntar } from './auditoria.ts'
import { olvidarConfirmacion, pedirConfirmacion } from './confirmaciones.ts'
import { olvidarCorreos } from './correos.ts'
import type { Actor, EstadoCuenta, Ocupado, UsuarioStore } from '../ports/usuarios.ts'
import { columns, conditions, credentialColumns, vivo } from './filtros-usuarios.ts'
import { cerrarSesionesDe, type Db } from './sesiones.ts'
import type * as tables from './sqlite/tables.ts'
import { correos, restablecimientos, sesiones, usuarios } from './sqlite/tables.ts'

function occupied(error: unknown): Ocupado {
  if (isUniqueViolation(error, 'usuarios.email_clave')) return 'email-en-uso'
  const cedula = ['usuarios.cedula', 'usuarios.cedula_clave']
  if (cedula.some((column) => isUniqueViolation(error, column))) return 'cedula-en-uso'
  throw error
}

/** What an edit that names the identity number sets; without it, nothing. */
function conClave(cedula: string | null | undefined) {
  if (cedula === undefined) return {}
  return { cedulaClave: cedula === null ? null : claveDeCedula(cedula) }
}

function insert(db: Db, nuevo: NuevoUsuario, now: number): void {
  const times = { creadoEn: now, actualizadoEn: now }
  const claves = { emailClave: claveDeEmail(nuevo.email), ...conClave(nuevo.cedula) }
  db.insert(usuarios)
    .values({ ...nuevo, ...times, ...claves, activo: true })
    .run()
}

function activeAdmins(db: Db, but?: string): number {
  const others = but === undefined ? undefined : ne(usuarios.id, but)
  const where = and(eq(usuarios.rol, 'admin'), eq(usuarios.activo, true), others)
  return db.select({ n: count() }).from(usuarios).where(where).get()?.n ?? 0
}

function mayAct(db: Db, actor: Actor): boolean {
  const where = and(eq(usuarios.id, actor.id), eq(usuarios.activo, true))
  const found = db.select({ rol: usuarios.rol }).from(usuarios).where(where).get()
  if (found === undefined) return false
  if (actor.como === 'admin') return found.rol === 'admin'
  return actor.sesionId === undefined || isOpen(db, actor.sesionId)
}

function isOpen(db: Db, sesionId: string): boolean {
  const where = and(eq(sesiones.id, sesionId), isNull(sesiones.cerradaEn))
  return db.select({ id: sesiones.id }).from(sesiones).where(where).get() !== undefined
}

/** What the log says of an edit: that it was, and each change of what somebody may do. */
function apuntesDeEdicion(antes: Usuario, despues: Usuario): Pick<Apunte, 'accion' | 'detalle'>[] {
  const apuntes: Pick<Apunte, 'accion' | 'detalle'>[] = [{ accion: 'usuario-editado' }]
  if (antes.rol !== despues.rol) {
    apuntes.push({ accion: 'rol-cambiado', detalle: `${antes.rol} -> ${despues.rol}` })
  }
  if (antes.activo !== despues.activo) {
    apuntes.push({ accion: despues.activo ? 'usuario-activado' : 'usuario-desactivado' })
  }
  if (antes.emailConfirmadoEn !== despues.emailConfirmadoEn) {
    apuntes.push({ accion: 'email-confirmado' })
  }
  return apuntes
}

/** A token to set the password anew must not outlive a change of it. */
function forgetReset(db: Db, usuarioId: string): void {
  db.delete(restablecimientos).where(eq(restablecimientos.usuarioId, usuarioId)).run()
  olvidarCorreos(db, usuarioId, 'restablecer')
}

const erased = {
  email: null,
  emailClave: null,
  nombre: null,
  passwordHash: null,
  cedula: null,
  cedulaClave: null,
  telefono: null,
  emailConfirmadoEn: null,
  activo: false,
}

export function createUsuarioStore(storage: Storage<typeof tables>): UsuarioStore {
  const { db } = storage
  const byId = db
    .select(columns)
    .from(usuarios)
    .where(eq(usuarios.id, sql.placeholder('id')))
    .prepare()
  const byIds = db
    .select(columns)
    .from(usuarios)
    .where(sql`${usuarios.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .prepare()
  // Every purchase comes by here, so without Drizzle, whose mapping of a row costs more than the row,
  // and in one statement, as each one takes and gives back SQLite's locks.
  const estados = storage.client.prepare<
    { id: string; activo: number; confirmadoEn: number | null },
    [ids: string]
  >(
    'SELECT id, activo, email_confirmado_en AS confirmadoEn FROM usuarios WHERE id IN (SELECT value FROM json_each(?))',
  )
  const credential = (where: SQL) =>
    db.select(credentialColumns).from(usuarios).where(and(where, vivo)).prepare()
  const credentialByEmail = credential(eq(usuarios.emailClave, sql.placeholder('clave')))
  const credentialById = credential(eq(usuarios.id, sql.placeholder('id')))

  return {
    crear: ({ nuevo, confirmar, now, direccion = null }) =>
      storage
        .write((db) => {
          insert(db, nuevo, now)
          if (confirmar) pedirConfirmacion(db, confirmar)
          const who = { actorId: nuevo.id, sujetoId: nuevo.id, direccion }
          apuntar(db, { en: now, accion: 'registro', ...who })
          return 'creado' as const
        })
        .catch(occupied),

    crearPrimerAdmin: (nuevo, now) =>
      storage
        .write((db) => {
          if (activeAdmins(db) > 0) return 'ya-hay'
          insert(db, nuevo, now)
          const who = { actorId: null, sujetoId: nuevo.id, direccion: null }
          apuntar(db, { en: now, accion: 'primer-admin', ...who })
          return 'creado' as const
        })
        .catch(occupied),

    hayAdmin: async () => activeAdmins(db) > 0,
    porId: async (id) => byId.get({ id }),
    credencialPorEmail: async (clave) => credentialByEmail.get({ clave }),
    credencialPorId: async (id) => credentialById.get({ id }),

    async porIds(ids) {
      const rows = byIds.all({ ids: JSON.stringify(ids) })
      const known = new Map<string, Usuario>(rows.map((row) => [row.id, row]))
      return ids.flatMap((id) => known.get(id) ?? [])
    },

    async estados(ids) {
      const rows = estados.all(JSON.stringify(ids))
      const known = new Map<string, EstadoCuenta>()
      for (const { id, activo, confirmadoEn } of rows) {
        known.set(id, { id, activo: activo === 1, confirmado: confirmadoEn !== null })
      }
      return ids.flatMap((id) => known.get(id) ?? [])
    },

    listar: async (filtro) =>
      db
        .select(columns)
        .from(usuarios)
        .where(conditions(filtro))
        .orderBy(desc(usuarios.id))
        .limit(filtro.limite + 1)
        .all(),

    editar: ({ id, actor, cambios, direccion, admite, now }) =>
      storage
        .write((db) => {
          const where = and(eq(usuarios.id, id), vivo)
          const before = db.select(columns).from(usuarios).where(where).get()
          if (!before) return { tipo: 'no-encontrado' } as const
          if (!admite(before.version)) return { tipo: 'version-distinta' } as const
          if (dejaDeSerAdmin(before, cambios) && activeAdmins(db, id) === 0) {
            return { tipo: 'ultimo-admin' } as const
          }
          if (!mayAct(db, actor)) return { tipo: 'sin-permiso' } as const
          const version = before.version + 1
          const { emailConfirmado, ...datos } = cambios
          const emailConfirmadoEn = before.emailConfirmadoEn ?? (emailConfirmado ? now : null)
          const usuario = db
            .update(usuarios)
            .set({
              ...datos,
              ...conClave(datos.cedula),
              emailConfirmadoEn,
              version,
              actualizadoEn: now,
            })
            .where(where)
            .returning(columns)
            .get()
          for (const apunte of apuntesDeEdicion(before, usuario)) {
            apuntar(db, { en: now, actorId: actor.id, sujetoId: id, direccion, ...apunte })
          }
          if (!usuario.activo) {
            cerrarSesionesDe(db, { usuarioId: id, now })
            olvidarCorreos(db, id)
          }
          if (usuario.emailConfirmadoEn !== null) olvidarConfirmacion(db, id)
          return { tipo: 'editado', usuario } as const
        })
        .catch((error: unknown) => {
          if (occupied(error) === 'cedula-en-uso') return { tipo: 'cedula-en-uso' } as const
          throw error
        }),

    async borrar({ id, actorId, direccion, now }) {
      const result = await storage.write((db) => {
        const before = db
          .select({ rol: usuarios.rol, activo: usuarios.activo, eliminadoEn: usuarios.eliminadoEn })
          .from(usuarios)
          .where(eq(usuarios.id, id))
          .get()
        if (!before) return 'no-encontrado'
        if (dejaDeSerAdmin(before, { activo: false }) && activeAdmins(db, id) === 0) {
          return 'ultimo-admin'
        }
        if (!mayAct(db, { id: actorId, como: 'admin' })) return 'sin-permiso'
        if (before.eliminadoEn !== null) return 'borrado'
        const version = sql`${usuarios.version} + 1`
        db.update(usuarios)
          .set({ ...erased, rol: 'cliente', version, eliminadoEn: now, actualizadoEn: now })
          .where(eq(usuarios.id, id))
          .run()
        // Where somebody signed in from is personal data too, so the rows go, not just the access.
        db.delete(sesiones).where(eq(sesiones.usuarioId, id)).run()
        olvidarConfirmacion(db, id)
        db.delete(correos).where(eq(correos.usuarioId, id)).run()
        forgetReset(db, id)
        apuntar(db, { en: now, accion: 'usuario-eliminado', actorId, sujetoId: id, direccion })
        return 'borrado'
      })
      // Frames of earlier transactions stay in the log until it begins anew. While somebody else is
      // reading it this has no effect; asking for the erasure again tries again.
      if (result === 'borrado') storage.client.run('PRAGMA wal_checkpoint(TRUNCATE)')
      return result
    },

    rehacerHash: ({ id, anterior, nuevo }) =>
      storage.write((db) => {
        const same = and(eq(usuarios.id, id), eq(usuarios.passwordHash, anterior))
        db.update(usuarios).set({ passwordHash: nuevo }).where(same).run()
        return credentialById.get({ id })?.passwordHash ?? anterior
      }),

    cambiarPassword: ({ id, anterior, nuevo, salvoSesion, direccion, now }) =>
      storage.write((db) => {
        const where = and(
          eq(usuarios.id, id),
          eq(usuarios.passwordHash, anterior),
          eq(usuarios.activo, true),
        )
        const changed = db
          .update(usuarios)
          .set({ passwordHash: nuevo, actualizadoEn: now })
          .where(where)
          .returning({ id: usuarios.id })
          .get()
        if (!changed) return false
        forgetReset(db, id)
        apuntar(db, { en: now, accion: 'password-cambiada', actorId: id, sujetoId: id, direccion })
        cerrarSesionesDe(db, { usuarioId: id, salvo: salvoSesion, now })
        return true
      }),
  }
}
