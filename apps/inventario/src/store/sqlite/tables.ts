import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { tiposMovimiento } from '../../domain/movimiento.ts'
import { estadosReserva } from '../../domain/reserva.ts'
import { textoBajoMinimo } from '../textos.ts'

// Moments are integer milliseconds since the epoch. What drizzle-kit can't express is written by
// hand in the migrations: triggers, and WITHOUT ROWID where the key is all that rows are found by.

const bajoMinimo = sql.raw(textoBajoMinimo)
const deUnPedido = sql.raw('"pedido_id" IS NOT NULL')
const deUnActo = sql.raw('"acto_id" IS NOT NULL')
const deOtroPedido = sql.raw('"pedido" IS NOT NULL')
const activa = sql.raw(`"estado" = 'activa'`)

export const existencias = sqliteTable(
  'existencias',
  {
    productoId: text('producto_id').primaryKey(),
    fisico: integer('fisico').notNull(),
    reservado: integer('reservado').notNull(),
    faltan: integer('faltan').notNull().default(0),
    umbralMinimo: integer('umbral_minimo').notNull(),
    version: integer('version').notNull(),
    actualizadoEn: integer('actualizado_en').notNull(),
  },
  (table) => [
    check('existencias_reservado', sql.raw('0 <= "reservado" AND "reservado" <= "fisico"')),
    check('existencias_fisico', sql.raw('"fisico" <= 1000000000000')),
    check('existencias_umbral', sql.raw('"umbral_minimo" >= 0')),
    index('existencias_bajo_minimo').on(table.productoId).where(bajoMinimo),
  ],
)

/**
 * `n` is the order in which they were made. Ids are random, so every index by one costs a page of its own
 * for each reservation; this is the only one, and the lines go by `n`. What is called `pedido_id` is the
 * reservation's id: that of its order, save of one that came to its stock once more, which `pedido` names.
 */
export const reservas = sqliteTable(
  'reservas',
  {
    n: integer('n').primaryKey(),
    pedidoId: text('pedido_id').notNull().unique(),
    estado: text('estado', { enum: estadosReserva }).notNull(),
    expiraEn: integer('expira_en').notNull(),
    creadaEn: integer('creada_en').notNull(),
    cerradaEn: integer('cerrada_en'),
    pedido: text('pedido'),
  },
  (table) => [
    check(
      'reservas_estado',
      sql.raw(`"estado" IN ('activa', 'confirmada', 'liberada', 'expirada')`),
    ),
    check('reservas_cierre', sql.raw(`("estado" = 'activa') = ("cerrada_en" IS NULL)`)),
    // Only the active ones are ever looked for, so these stay small however many orders there were.
    index('reservas_activas_por_vencimiento').on(table.expiraEn).where(activa),
    index('reservas_activas_por_creacion').on(table.creadaEn, table.pedidoId).where(activa),
    // A purchase has none, and does not pay for it.
    index('reservas_de_otro_pedido').on(table.pedido).where(deOtroPedido),
  ],
)

export const reservaLineas = sqliteTable(
  'reserva_lineas',
  {
    reservaN: integer('reserva_n').notNull(),
    productoId: text('producto_id').notNull(),
    cantidad: integer('cantidad').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.reservaN, table.productoId] }),
    foreignKey({ columns: [table.reservaN], foreignColumns: [reservas.n] }),
    foreignKey({ columns: [table.productoId], foreignColumns: [existencias.productoId] }),
    check('reserva_lineas_cantidad', sql.raw('"cantidad" >= 1')),
  ],
)

export const movimientos = sqliteTable(
  'movimientos',
  {
    secuencia: integer('secuencia').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    productoId: text('producto_id')
      .notNull()
      .references(() => existencias.productoId),
    tipo: text('tipo', { enum: tiposMovimiento }).notNull(),
    cantidad: integer('cantidad').notNull(),
    fisicoResultante: integer('fisico_resultante').notNull(),
    motivo: text('motivo'),
    pedidoId: text('pedido_id'),
    usuarioId: text('usuario_id'),
    creadoEn: integer('creado_en').notNull(),
    /** Which return or dispatch of the order it belongs to; null for a sale of all that was reserved. */
    actoId: text('acto_id'),
    /** Where the units are. There is one place so far. */
    ubicacion: text('ubicacion').notNull().default('principal'),
  },
  (table) => [
    check(
      'movimientos_signo',
      sql.raw(`CASE "tipo" WHEN 'ENTRADA' THEN "cantidad" > 0 WHEN 'SALIDA' THEN "cantidad" < 0
        WHEN 'VENTA' THEN "cantidad" < 0 WHEN 'DEVOLUCION' THEN "cantidad" > 0
        WHEN 'AJUSTE' THEN 1 ELSE 0 END`),
    ),
    check('movimientos_fisico', sql.raw('"fisico_resultante" >= 0')),
    check(
      'movimientos_origen',
      sql.raw(
        `("tipo" IN ('VENTA', 'DEVOLUCION')) = ("pedido_id" IS NOT NULL) ` +
          `AND ("pedido_id" IS NULL) = ("usuario_id" IS NOT NULL)`,
      ),
    ),
    check(
      'movimientos_acto',
      sql.raw(
        `("tipo" <> 'DEVOLUCION' OR "acto_id" IS NOT NULL) ` +
          `AND ("acto_id" IS NULL OR "pedido_id" IS NOT NULL)`,
      ),
    ),
    // The rowid, which is the sequence, is the last column of every index.
    index('movimientos_por_producto').on(table.productoId),
    // Only sales have one, and nothing of it is written before an order is completed.
    index('movimientos_por_pedido').on(table.pedidoId).where(deUnPedido),
    // A sale of a whole reservation has none, so that purchases don't pay for it.
    uniqueIndex('movimientos_por_acto').on(table.actoId, table.productoId).where(deUnActo),
  ],
)

/** The first answers to the idempotency keys of each user, as outcomes of the domain. */
export const idempotencia = sqliteTable(
  'idempotencia',
  {
    usuarioId: text('usuario_id').notNull(),
    clave: text('clave').notNull(),
    huella: text('huella').notNull(),
    resultado: text('resultado').notNull(),
    creadaEn: integer('creada_en').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.usuarioId, table.clave] }),
    index('idempotencia_por_creacion').on(table.creadaEn),
  ],
)

/** What staff has changed: lines are only ever added. */
export const auditoria = sqliteTable(
  'auditoria',
  {
    numero: integer('numero').primaryKey({ autoIncrement: true }),
    en: integer('en').notNull(),
    accion: text('accion').notNull(),
    actorId: text('actor_id'),
    /** A product. */
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

/** The installation of pedidos that this stock is for; no row while it is nobody's. */
export const instalacion = sqliteTable(
  'instalacion',
  {
    n: integer('n').primaryKey(),
    pedidos: text('pedidos').notNull(),
    desde: integer('desde').notNull(),
  },
  () => [check('instalacion_una', sql.raw('"n" = 1'))],
)
