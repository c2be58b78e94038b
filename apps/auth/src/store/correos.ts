import type { Storage } from '@encargo/storage'
import { and, asc, count, desc, eq, inArray, lt, lte, min, sql } from 'drizzle-orm'
import type { CorreoDebido, NuevoCorreo, TipoCorreo } from '../domain/correo.ts'
import type { CorreoStore } from '../ports/correos.ts'
import type { Db } from './sesiones.ts'
import type * as tables from './sqlite/tables.ts'
import { correos, usuarios } from './sqlite/tables.ts'

const purgeBatch = 500
/** How long it can be seen what became of a mail, in milliseconds. */
const keptMs = 30 * 24 * 60 * 60 * 1000

const pending = eq(correos.estado, 'pendiente')

/** Forgets mails that are no use any more: those of a kind, or all that are owed to somebody. */
export function olvidarCorreos(db: Db, usuarioId: string, tipo?: TipoCorreo): void {
  const ofKind = tipo === undefined ? undefined : eq(correos.tipo, tipo)
  db.delete(correos)
    .where(and(eq(correos.usuarioId, usuarioId), pending, ofKind))
    .run()
}

/** Owes a mail within the write that it follows from; it takes the place of an older one of its kind. */
export function deberCorreo(db: Db, nuevo: NuevoCorreo): void {
  olvidarCorreos(db, nuevo.usuarioId, nuevo.tipo)
  db.insert(correos)
    .values({ ...nuevo, estado: 'pendiente', proximoEn: nuevo.creadoEn })
    .run()
}

const seen = {
  id: correos.id,
  tipo: correos.tipo,
  usuarioId: correos.usuarioId,
  estado: correos.estado,
  intentos: correos.intentos,
  fallo: correos.fallo,
  creadoEn: correos.creadoEn,
  proximoEn: correos.proximoEn,
  terminadoEn: correos.terminadoEn,
}

export function createCorreoStore(storage: Storage<typeof tables>): CorreoStore {
  const { db } = storage
  const next = db
    .select({
      id: correos.id,
      tipo: correos.tipo,
      usuarioId: correos.usuarioId,
      // What is owed has its token, and whoever it is owed to has an address: checks of the tables.
      token: sql<string>`${correos.token}`,
      email: sql<string>`${usuarios.email}`,
      creadoEn: correos.creadoEn,
      caducaEn: correos.caducaEn,
      intentos: correos.intentos,
    })
    .from(correos)
    .innerJoin(usuarios, eq(correos.usuarioId, usuarios.id))
    .where(and(pending, lte(correos.proximoEn, sql.placeholder('now'))))
    .orderBy(asc(correos.proximoEn))
    .limit(1)
    .prepare()

  return {
    siguiente: async (now): Promise<CorreoDebido | undefined> => next.get({ now }),

    proximoEn: async () =>
      db
        .select({ en: min(correos.proximoEn) })
        .from(correos)
        .where(pending)
        .get()?.en ?? undefined,

    anotar: (id, resultado, now) =>
      storage.write((db) => {
        const { tipo: estado, ...rest } = resultado
        const ended =
          estado === 'pendiente' ? {} : { token: null, proximoEn: null, terminadoEn: now }
        const intentos = sql`${correos.intentos} + 1`
        db.update(correos)
          .set({ fallo: null, ...rest, ...ended, estado, intentos })
          .where(and(eq(correos.id, id), pending))
          .run()
      }),

    resumen() {
      const one = db
        .select({ pendientes: count(), desde: min(correos.creadoEn) })
        .from(correos)
        .where(pending)
        .get()
      const abandoned = db
        .select({ n: count() })
        .from(correos)
        .where(eq(correos.estado, 'abandonado'))
        .get()
      const { pendientes = 0, desde = null } = one ?? {}
      return { pendientes, desde, abandonados: abandoned?.n ?? 0 }
    },

    listar: async ({ estado, antesDe, limite }) =>
      db
        .select(seen)
        .from(correos)
        .where(
          and(
            estado === undefined ? undefined : eq(correos.estado, estado),
            antesDe === undefined ? undefined : lt(correos.id, antesDe),
          ),
        )
        .orderBy(desc(correos.id))
        .limit(limite + 1)
        .all(),

    purgar: (now) =>
      storage.write((db) => {
        const old = db
          .select({ id: correos.id })
          .from(correos)
          .where(lt(correos.terminadoEn, now - keptMs))
          .limit(purgeBatch)
        const gone = db.delete(correos).where(inArray(correos.id, old))
        return gone.returning({ id: correos.id }).all().length
      }),
  }
}
