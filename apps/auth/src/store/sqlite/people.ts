import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/**
 * Instants are integer milliseconds since the epoch. `numero` is the rowid, named so that a VACUUM
 * cannot renumber it under the full-text index that refers to it.
 */
export const usuarios = sqliteTable(
  'usuarios',
  {
    numero: integer('numero').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    email: text('email'),
    /** The e-mail as it is compared: without case. A guest's is compared with nobody's. */
    emailClave: text('email_clave').unique(),
    /** Null: nobody can sign in, and who has the address may set one. */
    passwordHash: text('password_hash'),
    nombre: text('nombre'),
    cedula: text('cedula').unique(),
    /** The number as it is compared; null also where an older account had the same before it was. */
    cedulaClave: text('cedula_clave').unique(),
    telefono: text('telefono'),
    rol: text('rol', { enum: ['cliente', 'operador', 'admin'] }).notNull(),
    activo: integer('activo', { mode: 'boolean' }).notNull(),
    version: integer('version').notNull().default(1),
    creadoEn: integer('creado_en').notNull(),
    actualizadoEn: integer('actualizado_en').notNull(),
    /** When the owner of the address was known to be the owner of the account; until then, null. */
    emailConfirmadoEn: integer('email_confirmado_en'),
    /** What is found by words, as `palabrasDe` cuts it; null of the erased. */
    palabras: text('palabras'),
    /** Set once, by an erasure: the row then only says that the id existed. */
    eliminadoEn: integer('eliminado_en'),
    /** Bought without an account; stays when the row is erased. */
    invitado: integer('invitado', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [
    index('usuarios_por_rol').on(table.rol, table.id),
    index('usuarios_por_activo').on(table.activo, table.id),
    // Of an older version, until they have got them.
    index('usuarios_sin_palabras')
      .on(table.numero)
      .where(sql`${table.palabras} IS NULL AND ${table.eliminadoEn} IS NULL`),
    check('usuarios_rol', sql`${table.rol} IN ('cliente', 'operador', 'admin')`),
    check('usuarios_invitado', sql`${table.invitado} IN (0, 1)`),
    check('usuarios_activo', sql`${table.activo} IN (0, 1)`),
    check(
      'usuarios_datos',
      sql`CASE WHEN ${table.eliminadoEn} IS NULL
        THEN ${table.nombre} IS NOT NULL
          AND CASE WHEN ${table.email} IS NULL OR ${table.invitado} = 1
            THEN ${table.passwordHash} IS NULL AND ${table.rol} = 'cliente' ELSE 1 = 1 END
          AND CASE WHEN ${table.invitado} = 1
            THEN ${table.email} IS NOT NULL AND ${table.emailClave} IS NULL
            ELSE (${table.email} IS NULL) = (${table.emailClave} IS NULL) END
        ELSE coalesce(${table.email}, ${table.emailClave}, ${table.nombre}, ${table.passwordHash},
          ${table.cedula}, ${table.telefono}) IS NULL AND ${table.activo} = 0 END`,
    ),
  ],
)

/** Where somebody has things sent, of which one is taken first. `datos` is a JSON object. */
export const direcciones = sqliteTable(
  'direcciones',
  {
    id: text('id').primaryKey(),
    usuarioId: text('usuario_id')
      .notNull()
      .references(() => usuarios.id),
    predeterminada: integer('predeterminada').notNull(),
    datos: text('datos').notNull(),
  },
  (table) => [
    index('direcciones_por_usuario').on(table.usuarioId, table.id),
    uniqueIndex('direcciones_predeterminada')
      .on(table.usuarioId)
      .where(sql`${table.predeterminada} = 1`),
    check('direcciones_una', sql`${table.predeterminada} IN (0, 1)`),
  ],
)

/** Whom somebody has invoices made out to, as they keep it: `datos` is a JSON array, set whole. */
export const facturaciones = sqliteTable('facturaciones', {
  usuarioId: text('usuario_id')
    .primaryKey()
    .references(() => usuarios.id),
  datos: text('datos').notNull(),
})
