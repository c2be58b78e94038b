import { sql } from 'drizzle-orm'
import { check, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

// What the history of orders adds up to; made by `resumen.ts` alone and makeable anew from it at any
// time. Nothing of it is personal. `nivel` is how long a stretch of time is (domain/tramos.ts) and
// `tramo` which one, counted from the epoch.

/**
 * Orders by when they were made, completed and cancelled; `ingresos` are those of the completed, `abonado`
 * what was owed back then.
 */
export const resumenTramos = sqliteTable(
  'resumen_tramos',
  {
    nivel: integer('nivel').notNull(),
    moneda: text('moneda').notNull(),
    tramo: integer('tramo').notNull(),
    pedidos: integer('pedidos').notNull(),
    completados: integer('completados').notNull(),
    cancelados: integer('cancelados').notNull(),
    ingresos: integer('ingresos').notNull(),
    abonado: integer('abonado').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.nivel, table.moneda, table.tramo] }),
    check(
      'resumen_tramos_cuentas',
      sql.raw(
        `"pedidos" >= 0 AND "completados" >= 0 AND "cancelados" >= 0 AND "ingresos" >= 0 AND "abonado" >= 0`,
      ),
    ),
  ],
)

/**
 * Money by when it moved, and by which way it was paid. No follower makes it: what happened to a charge is
 * added up in the write that hears of it. What came back of refunds and disputes counts against them.
 */
export const resumenDinero = sqliteTable(
  'resumen_dinero',
  {
    nivel: integer('nivel').notNull(),
    moneda: text('moneda').notNull(),
    tramo: integer('tramo').notNull(),
    metodo: text('metodo').notNull(),
    cobrado: integer('cobrado').notNull(),
    reembolsado: integer('reembolsado').notNull(),
    disputado: integer('disputado').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.nivel, table.moneda, table.tramo, table.metodo] }),
    check('resumen_dinero_cobrado', sql.raw('"cobrado" >= 0')),
  ],
)

/** Each product that was sold, as the newest completed order calls it, under a short number. */
export const resumenProductos = sqliteTable(
  'resumen_productos',
  {
    clave: integer('clave').primaryKey(),
    productoId: text('producto_id').notNull(),
    moneda: text('moneda').notNull(),
    sku: text('sku').notNull(),
    nombre: text('nombre').notNull(),
    /** Of the order that calls it so. */
    numero: integer('numero').notNull(),
  },
  (table) => [uniqueIndex('resumen_productos_por_id').on(table.productoId, table.moneda)],
)

/**
 * What was sold of a product, by when its orders were completed, less what was voided, by when it was:
 * of a short stretch there may be less than nothing.
 */
export const resumenVendidos = sqliteTable(
  'resumen_vendidos',
  {
    nivel: integer('nivel').notNull(),
    tramo: integer('tramo').notNull(),
    /** The `clave` in `resumen_productos`. */
    producto: integer('producto').notNull(),
    unidades: integer('unidades').notNull(),
    ingresos: integer('ingresos').notNull(),
  },
  (table) => [primaryKey({ columns: [table.nivel, table.tramo, table.producto] })],
)
