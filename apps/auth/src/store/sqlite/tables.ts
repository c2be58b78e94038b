import { sql } from 'drizzle-orm'
import {
  blob,
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { tiposImagen } from '../../domain/imagen-tienda.ts'
import { usosImagen } from '../../domain/tienda.ts'
import { usuarios } from './people.ts'

export * from './people.ts'

/** A session is a family of refresh tokens, of which one at a time is unused. */
export const sesiones = sqliteTable(
  'sesiones',
  {
    id: text('id').primaryKey(),
    usuarioId: text('usuario_id')
      .notNull()
      .references(() => usuarios.id),
    dispositivo: text('dispositivo'),
    direccion: text('direccion'),
    creadaEn: integer('creada_en').notNull(),
    ultimoUsoEn: integer('ultimo_uso_en').notNull(),
    /** The end however often it is used. */
    expiraEn: integer('expira_en').notNull(),
    cerradaEn: integer('cerrada_en'),
  },
  (table) => [
    index('sesiones_por_usuario').on(table.usuarioId, table.id),
    index('sesiones_por_fin').on(table.expiraEn),
  ],
)

/** Refresh tokens, of which only the SHA-256 is known. */
export const refrescos = sqliteTable(
  'refrescos',
  {
    hash: text('hash').primaryKey(),
    sesionId: text('sesion_id')
      .notNull()
      .references(() => sesiones.id, { onDelete: 'cascade' }),
    creadoEn: integer('creado_en').notNull(),
    usadoEn: integer('usado_en'),
    /** Of a used one, for a while: with the token itself, what its successor is made of. */
    semilla: text('semilla'),
  },
  (table) => [
    index('refrescos_por_sesion').on(table.sesionId),
    index('refrescos_repetibles')
      .on(table.usadoEn)
      .where(sql`${table.semilla} IS NOT NULL`),
  ],
)

export const cuentasServicio = sqliteTable('cuentas_servicio', {
  id: text('id').primaryKey(),
  /** Separated by spaces, as OAuth writes them (RFC 6749, 3.3). */
  scopes: text('scopes').notNull(),
  activa: integer('activa', { mode: 'boolean' }).notNull().default(true),
  creadaEn: integer('creada_en').notNull(),
})

/** Secrets of service accounts, of which only the SHA-256 is known: they are random, not chosen. */
export const secretosServicio = sqliteTable(
  'secretos_servicio',
  {
    hash: text('hash').primaryKey(),
    cuentaId: text('cuenta_id')
      .notNull()
      .references(() => cuentasServicio.id),
    creadoEn: integer('creado_en').notNull(),
    /** From then on it is refused; without it, it is the current secret. */
    caducaEn: integer('caduca_en'),
  },
  (table) => [index('secretos_por_cuenta').on(table.cuentaId, table.creadoEn)],
)

/** Counters of wrong guesses. The key is a hash: whoever reads the table learns no address or e-mail. */
export const frenos = sqliteTable(
  'frenos',
  {
    clave: text('clave').primaryKey(),
    fallos: integer('fallos').notNull(),
    /** No further attempt before this. */
    hastaEn: integer('hasta_en').notNull(),
    ultimoEn: integer('ultimo_en').notNull(),
  },
  (table) => [index('frenos_por_ultimo').on(table.ultimoEn)],
)

/** Tokens that let a password be set anew, once; only the SHA-256 is known. One for each user. */
export const restablecimientos = sqliteTable(
  'restablecimientos',
  {
    usuarioId: text('usuario_id')
      .primaryKey()
      .references(() => usuarios.id),
    hash: text('hash').notNull().unique(),
    caducaEn: integer('caduca_en').notNull(),
  },
  (table) => [index('restablecimientos_por_fin').on(table.caducaEn)],
)

/** Tokens that confirm an address, once; only the SHA-256 is known. One for each user. */
export const confirmaciones = sqliteTable(
  'confirmaciones',
  {
    usuarioId: text('usuario_id')
      .primaryKey()
      .references(() => usuarios.id),
    hash: text('hash').notNull().unique(),
    caducaEn: integer('caduca_en').notNull(),
  },
  (table) => [index('confirmaciones_por_fin').on(table.caducaEn)],
)

/** Mails that are owed, and for a while what became of them. */
export const correos = sqliteTable(
  'correos',
  {
    id: text('id').primaryKey(),
    tipo: text('tipo', { enum: ['restablecer', 'confirmar', 'invitar'] }).notNull(),
    usuarioId: text('usuario_id')
      .notNull()
      .references(() => usuarios.id),
    /** What the mail brings; gone as soon as nothing is owed any more. */
    token: text('token'),
    estado: text('estado', { enum: ['pendiente', 'enviado', 'abandonado'] }).notNull(),
    intentos: integer('intentos').notNull().default(0),
    /** Of the last attempt that failed. */
    fallo: text('fallo'),
    creadoEn: integer('creado_en').notNull(),
    caducaEn: integer('caduca_en').notNull(),
    proximoEn: integer('proximo_en'),
    terminadoEn: integer('terminado_en'),
  },
  (table) => [
    index('correos_por_estado').on(table.estado, table.proximoEn),
    index('correos_por_usuario').on(table.usuarioId),
    index('correos_por_fin').on(table.terminadoEn),
    check('correos_estado', sql`${table.estado} IN ('pendiente', 'enviado', 'abandonado')`),
    check(
      'correos_secreto',
      sql`CASE WHEN ${table.estado} = 'pendiente'
        THEN ${table.token} IS NOT NULL AND ${table.proximoEn} IS NOT NULL
          AND ${table.terminadoEn} IS NULL
        ELSE ${table.token} IS NULL AND ${table.proximoEn} IS NULL
          AND ${table.terminadoEn} IS NOT NULL END`,
    ),
  ],
)

/** Who did what to whom: append-only (triggers refuse anything else), and of people only their ids. */
export const auditoria = sqliteTable(
  'auditoria',
  {
    numero: integer('numero').primaryKey({ autoIncrement: true }),
    en: integer('en').notNull(),
    accion: text('accion').notNull(),
    /** A user, a service account, or null for somebody unknown. */
    actorId: text('actor_id'),
    sujetoId: text('sujeto_id'),
    /** The network that it came from, not the address, which would be personal data. */
    red: text('red'),
    detalle: text('detalle'),
  },
  (table) => [
    index('auditoria_por_sujeto').on(table.sujetoId, table.numero),
    index('auditoria_por_accion').on(table.accion, table.numero),
  ],
)

/** The shop's own face: one row, or none until somebody says something. `cara` is a JSON object. */
export const tienda = sqliteTable(
  'tienda',
  {
    id: integer('id').primaryKey(),
    cara: text('cara').notNull(),
    version: integer('version').notNull(),
    actualizadoEn: integer('actualizado_en').notNull(),
  },
  (table) => [check('tienda_una', sql`${table.id} = 1`)],
)

/** Its pictures, of each use one that is shown and a few that were before it. */
export const tiendaImagenes = sqliteTable(
  'tienda_imagenes',
  {
    uso: text('uso', { enum: usosImagen }).notNull(),
    /** The SHA-256 of its bytes. */
    huella: text('huella').notNull(),
    tipo: text('tipo', { enum: tiposImagen }).notNull(),
    ancho: integer('ancho'),
    alto: integer('alto'),
    /** Since another took its place; null for the one that is shown. */
    libreDesde: integer('libre_desde'),
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.uso, table.huella] }),
    uniqueIndex('tienda_imagenes_en_uso')
      .on(table.uso)
      .where(sql`${table.libreDesde} IS NULL`),
    check('tienda_imagenes_uso', sql`${table.uso} IN ('logo', 'icono', 'portada')`),
    check('tienda_imagenes_huella', sql`length(${table.huella}) = 64`),
    check(
      'tienda_imagenes_tipo',
      sql`${table.tipo} IN ('image/png', 'image/jpeg', 'image/webp', 'image/svg+xml')`,
    ),
    check('tienda_imagenes_bytes', sql`length(${table.bytes}) BETWEEN 1 AND 524288`),
  ],
)
