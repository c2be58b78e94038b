import type { Storage } from '@encargo/storage'
import { and, desc, eq, inArray, isNotNull, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Accion } from '../domain/auditoria.ts'
import {
  decidirRenovacion,
  duracionMaximaMs,
  repeticionMs,
  sesionAbierta,
  sesionesMaximas,
} from '../domain/sesion.ts'
import { sha256, sucesor } from '../domain/secretos.ts'
import { apuntar } from './auditoria.ts'
import type { SesionStore } from '../ports/sesiones.ts'
import type * as tables from './sqlite/tables.ts'
import { refrescos, sesiones, usuarios } from './sqlite/tables.ts'

export type Db = Storage<typeof tables>['db']

/** How many sessions one purge forgets. */
const purgeBatch = 500
/** How many of the addresses somebody signed in from are looked at. */
const knownAddresses = 200

interface CierreDeSesiones {
  readonly usuarioId: string
  readonly salvo?: string | undefined
  readonly now: number
}

/** Ends the sessions of a user, all or all but one. */
export function cerrarSesionesDe(db: Db, { usuarioId, salvo, now }: CierreDeSesiones): void {
  const others = salvo === undefined ? undefined : ne(sesiones.id, salvo)
  db.update(sesiones)
    .set({ cerradaEn: now })
    .where(and(eq(sesiones.usuarioId, usuarioId), isNull(sesiones.cerradaEn), others))
    .run()
}

function closeOne(db: Db, id: string, now: number): void {
  db.update(sesiones)
    .set({ cerradaEn: now })
    .where(and(eq(sesiones.id, id), isNull(sesiones.cerradaEn)))
    .run()
}

/** A line in the log on what users do with their own sessions. */
function note(
  db: Db,
  accion: Accion,
  { usuarioId, direccion }: { usuarioId: string; direccion: string | null },
  en: number,
): void {
  apuntar(db, { en, accion, actorId: usuarioId, sujetoId: usuarioId, direccion })
}

/** Ends the sessions beyond the limit, so that one more can be opened. */
function makeRoom(db: Db, usuarioId: string, now: number): void {
  const beyond = db
    .select({ id: sesiones.id })
    .from(sesiones)
    .where(and(eq(sesiones.usuarioId, usuarioId), isNull(sesiones.cerradaEn)))
    .orderBy(desc(sesiones.ultimoUsoEn), desc(sesiones.id))
    .all()
    .slice(sesionesMaximas - 1)
  for (const { id } of beyond) closeOne(db, id, now)
}

/** Successors that are not given again must not be made again either, by whoever has the database. */
function forgetSeeds(db: Db, now: number): void {
  const over = and(isNotNull(refrescos.semilla), lt(refrescos.usadoEn, now - repeticionMs))
  db.update(refrescos).set({ semilla: null }).where(over).run()
}

const tokenColumns = {
  usadoEn: refrescos.usadoEn,
  semilla: refrescos.semilla,
  sesion: {
    id: sesiones.id,
    usuarioId: sesiones.usuarioId,
    ultimoUsoEn: sesiones.ultimoUsoEn,
    expiraEn: sesiones.expiraEn,
    cerradaEn: sesiones.cerradaEn,
  },
  usuario: { rol: usuarios.rol, activo: usuarios.activo },
}

const sessionColumns = {
  id: sesiones.id,
  dispositivo: sesiones.dispositivo,
  direccion: sesiones.direccion,
  creadaEn: sesiones.creadaEn,
  ultimoUsoEn: sesiones.ultimoUsoEn,
  expiraEn: sesiones.expiraEn,
  cerradaEn: sesiones.cerradaEn,
}

export function createSesionStore(storage: Storage<typeof tables>): SesionStore {
  const token = storage.db
    .select(tokenColumns)
    .from(refrescos)
    .innerJoin(sesiones, eq(refrescos.sesionId, sesiones.id))
    .innerJoin(usuarios, eq(sesiones.usuarioId, usuarios.id))
    .where(eq(refrescos.hash, sql.placeholder('hash')))
    .prepare()

  const addresses = storage.db
    .selectDistinct({ direccion: sesiones.direccion })
    .from(sesiones)
    .where(eq(sesiones.usuarioId, sql.placeholder('usuarioId')))
    .orderBy(desc(sesiones.id))
    .limit(knownAddresses)
    .prepare()

  /** What has become of a token that was used a moment ago, or the token itself. */
  function actualDe(presented: string, now: number) {
    let actual = presented
    for (;;) {
      const found = token.get({ hash: sha256(actual) })
      if (!found) return undefined
      const decision = decidirRenovacion(found, now)
      if (decision.tipo !== 'repetir') return { token: actual, found, decision: decision.tipo }
      actual = sucesor(actual, decision.semilla)
    }
  }

  return {
    abrir: ({ tokenHash, ...sesion }, passwordHash, now) =>
      storage.write((db) => {
        const owner = and(
          eq(usuarios.id, sesion.usuarioId),
          eq(usuarios.passwordHash, passwordHash),
          eq(usuarios.activo, true),
        )
        if (!db.select({ id: usuarios.id }).from(usuarios).where(owner).get()) return false
        makeRoom(db, sesion.usuarioId, now)
        const times = { creadaEn: now, ultimoUsoEn: now, expiraEn: now + duracionMaximaMs }
        db.insert(sesiones)
          .values({ ...sesion, ...times })
          .run()
        db.insert(refrescos).values({ hash: tokenHash, sesionId: sesion.id, creadoEn: now }).run()
        note(db, 'login', sesion, now)
        return true
      }),

    renovar: ({ token: presented, semilla, direccion, now }) =>
      storage.write((db) => {
        const actual = actualDe(presented, now)
        if (!actual || actual.decision === 'invalido') return { tipo: 'invalido' } as const
        const { id: sesionId, usuarioId, cerradaEn } = actual.found.sesion
        if (actual.decision === 'reutilizado') {
          if (cerradaEn === null) {
            closeOne(db, sesionId, now)
            note(db, 'token-reutilizado', { usuarioId, direccion }, now)
          }
          return { tipo: 'reutilizado', sesionId, usuarioId } as const
        }
        const { rol } = actual.found.usuario
        const renovada = { tipo: 'renovada', sesionId, usuarioId, rol } as const
        if (actual.token !== presented) return { ...renovada, refreshToken: actual.token }
        const refreshToken = sucesor(presented, semilla)
        const used = eq(refrescos.hash, sha256(presented))
        db.update(refrescos).set({ usadoEn: now, semilla }).where(used).run()
        db.insert(refrescos)
          .values({ hash: sha256(refreshToken), sesionId, creadoEn: now })
          .run()
        db.update(sesiones)
          .set({ ultimoUsoEn: now, direccion })
          .where(eq(sesiones.id, sesionId))
          .run()
        forgetSeeds(db, now)
        return { ...renovada, refreshToken }
      }),

    cerrarPorToken: (hash, direccion, now) =>
      storage.write((db) => {
        const found = token.get({ hash })
        if (!found || found.sesion.cerradaEn !== null) return
        closeOne(db, found.sesion.id, now)
        note(db, 'logout', { usuarioId: found.sesion.usuarioId, direccion }, now)
      }),

    abiertas: async (usuarioId, now) =>
      storage.db
        .select(sessionColumns)
        .from(sesiones)
        .where(and(eq(sesiones.usuarioId, usuarioId), isNull(sesiones.cerradaEn)))
        .orderBy(desc(sesiones.id))
        .all()
        .filter((sesion) => sesionAbierta(sesion, now)),

    cerrar: ({ usuarioId, id, direccion, now }) =>
      storage.write((db) => {
        const own = and(
          eq(sesiones.id, id),
          eq(sesiones.usuarioId, usuarioId),
          isNull(sesiones.cerradaEn),
        )
        const found = db.select(sessionColumns).from(sesiones).where(own).get()
        if (!found || !sesionAbierta(found, now)) return false
        closeOne(db, id, now)
        note(db, 'sesion-cerrada', { usuarioId, direccion }, now)
        return true
      }),

    direccionesDe: async (usuarioId) =>
      addresses.all({ usuarioId }).flatMap((row) => row.direccion ?? []),

    purgar: (now) =>
      storage.write((db) => {
        forgetSeeds(db, now)
        const over = db
          .select({ id: sesiones.id })
          .from(sesiones)
          .where(lt(sesiones.expiraEn, now))
          .limit(purgeBatch)
        const gone = db.delete(sesiones).where(inArray(sesiones.id, over))
        return gone.returning({ id: sesiones.id }).all().length
      }),
  }
}
