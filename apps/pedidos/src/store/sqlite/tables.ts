import { causasFallo, type Paso } from '@encargo/service-kit/values/attempts'
import { sql } from 'drizzle-orm'
import {
  blob,
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
} from 'drizzle-orm/sqlite-core'
import { type DireccionEnvio, estados, intenciones, propositos } from '../../domain/pedido.ts'
import type { Negativa } from '../../domain/negativa.ts'
import { operaciones } from '../../domain/corrida.ts'
export * from './venta-tables.ts'
export * from './cobranza-tables.ts'
export {
  resumenDinero,
  resumenProductos,
  resumenTramos,
  resumenVendidos,
} from './resumen-tables.ts'

// Moments are integer milliseconds since the epoch. What drizzle-kit can't express is written by
// hand in the migrations: triggers, the full-text index, and WITHOUT ROWID where the key is all
// that rows are found by.

/** Spelt once: SQLite uses a partial index only for the very expression that it was made with. */
export const conIntencion = sql.raw('"intencion" IS NOT NULL')
export const puedeVencer = sql.raw(`"estado" = 'Pendiente' AND "intencion" IS NULL`)

export const pedidos = sqliteTable(
  'pedidos',
  {
    numero: integer('numero').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    clienteId: text('cliente_id').notNull(),
    creadoPor: text('creado_por').notNull(),
    estado: text('estado', { enum: estados }).notNull(),
    version: integer('version').notNull(),
    intencion: text('intencion', { enum: propositos }),
    intencionActor: text('intencion_actor'),
    intencionMotivo: text('intencion_motivo'),
    intencionDesde: integer('intencion_desde'),
    intentos: integer('intentos').notNull(),
    proximoIntentoEn: integer('proximo_intento_en'),
    ultimoError: text('ultimo_error', { enum: causasFallo }),
    total: integer('total').notNull(),
    moneda: text('moneda').notNull(),
    notas: text('notas'),
    direccionEnvio: text('direccion_envio', { mode: 'json' }).$type<DireccionEnvio>(),
    motivo: text('motivo'),
    expiraEn: integer('expira_en').notNull(),
    creadoEn: integer('creado_en').notNull(),
    actualizadoEn: integer('actualizado_en').notNull(),
    /**
     * What tells the request that made it from others with the same idempotency key. Null without a
     * key, after another attempt than the key's first, and once its customer is erased.
     */
    sello: blob('sello', { mode: 'buffer' }),
  },
  (table) => [
    check('pedidos_estado', sql.raw(`"estado" IN ('Pendiente', 'Completado', 'Cancelado')`)),
    check(
      'pedidos_proposito',
      sql.raw(`"intencion" IN (${intenciones.map((una) => `'${una}'`).join(', ')})`),
    ),
    check('pedidos_intencion', sql.raw(`"intencion" IS NULL OR "estado" = 'Pendiente'`)),
    check(
      'pedidos_intencion_entera',
      sql.raw(
        `("intencion" IS NULL) = ("intencion_actor" IS NULL) AND ("intencion" IS NULL) = ("intencion_desde" IS NULL) AND ("intencion" IS NULL) = ("proximo_intento_en" IS NULL)`,
      ),
    ),
    check('pedidos_motivo', sql.raw(`"motivo" IS NULL OR "estado" = 'Cancelado'`)),
    check('pedidos_total', sql.raw('"total" BETWEEN 0 AND 1000000000000')),
    // The number is the rowid, which is the last column of every index: lists come out sorted.
    // Moments need none, as they grow with the numbers, and customers have a table, see below.
    index('pedidos_por_estado').on(table.estado),
    // These two hold only what waits, so they stay small however many orders there were.
    index('pedidos_con_intencion')
      .on(table.proximoIntentoEn, table.intencion, table.intencionDesde)
      .where(conIntencion),
    index('pedidos_por_vencer').on(table.expiraEn).where(puedeVencer),
  ],
)

/**
 * Each customer's orders, without rowid. As an index it would cost every purchase a page of its own;
 * this follows the history in lots (`de-cliente.ts`), so the newest orders are not in it yet.
 */
export const pedidosDeCliente = sqliteTable(
  'pedidos_de_cliente',
  { clienteId: text('cliente_id').notNull(), numero: integer('numero').notNull() },
  (table) => [primaryKey({ columns: [table.clienteId, table.numero] })],
)

/** Never updated, never deleted: triggers refuse it. */
export const pedidoLineas = sqliteTable(
  'pedido_lineas',
  {
    numero: integer('numero').notNull(),
    posicion: integer('posicion').notNull(),
    productoId: text('producto_id').notNull(),
    sku: text('sku').notNull(),
    nombre: text('nombre').notNull(),
    cantidad: integer('cantidad').notNull(),
    precioUnitario: integer('precio_unitario').notNull(),
    /** What a coupon takes off it. This and the next four are null where there is nothing to say. */
    descuento: integer('descuento'),
    claseImpuesto: text('clase_impuesto'),
    tasa: integer('tasa'),
    porDentro: integer('por_dentro'),
    impuesto: integer('impuesto'),
  },
  (table) => [
    primaryKey({ columns: [table.numero, table.posicion] }),
    foreignKey({ columns: [table.numero], foreignColumns: [pedidos.numero] }),
    check('pedido_lineas_cantidad', sql.raw('"cantidad" BETWEEN 1 AND 1000000')),
    check('pedido_lineas_precio', sql.raw('"precio_unitario" BETWEEN 0 AND 1000000000000')),
  ],
)

/** One row for each change that callers can see, in the order of the changes. */
export const pedidoEventos = sqliteTable(
  'pedido_eventos',
  {
    secuencia: integer('secuencia').primaryKey({ autoIncrement: true }),
    numero: integer('numero')
      .notNull()
      .references(() => pedidos.numero),
    estado: text('estado', { enum: estados }).notNull(),
    motivo: text('motivo'),
    actor: text('actor').notNull(),
    en: integer('en').notNull(),
    /** What happened, in a word (`envio.preparado`); null where the order became `estado`. */
    tipo: text('tipo'),
    /** What else is to be said of it, a small JSON object without anything personal. */
    datos: text('datos'),
  },
  (table) => [index('pedido_eventos_por_pedido').on(table.numero)],
)

/** The causal story: one row for each run of an operation on an order, with its steps. */
export const pedidoCorridas = sqliteTable(
  'pedido_corridas',
  {
    numero: integer('numero').notNull(),
    orden: integer('orden').notNull(),
    operacion: text('operacion', { enum: operaciones }).notNull(),
    actor: text('actor').notNull(),
    traza: text('traza').notNull(),
    resultado: text('resultado').notNull(),
    en: integer('en').notNull(),
    /** In microseconds, so that short ones don't all read 0. */
    duracionUs: integer('duracion_us').notNull(),
    pasos: text('pasos', { mode: 'json' }).$type<readonly Paso[]>().notNull(),
    /** Runs that failed alike one after the other are one row. */
    veces: integer('veces').notNull(),
    hasta: integer('hasta').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.numero, table.orden] }),
    foreignKey({ columns: [table.numero], foreignColumns: [pedidos.numero] }),
  ],
)

/**
 * First answers to the idempotency keys of each user that can't be found through the id of the key's
 * first order: refusals, and orders of a later attempt.
 */
export const idempotencia = sqliteTable(
  'idempotencia',
  {
    usuarioId: text('usuario_id').notNull(),
    clave: text('clave').notNull(),
    huella: text('huella').notNull(),
    numero: integer('numero').references(() => pedidos.numero),
    negativa: text('negativa', { mode: 'json' }).$type<Negativa>(),
    creadaEn: integer('creada_en').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.usuarioId, table.clave] }),
    check('idempotencia_respuesta', sql.raw('("numero" IS NULL) <> ("negativa" IS NULL)')),
    index('idempotencia_por_creacion').on(table.creadaEn),
  ],
)

/**
 * What must happen and has not yet: a row is written with what makes it due and goes with what comes of
 * it. Only the end of an order stands in the order itself, which costs a purchase less.
 */
export const obligaciones = sqliteTable(
  'obligaciones',
  {
    tipo: text('tipo').notNull(),
    clave: text('clave').notNull(),
    /** As its kind has it, in JSON. */
    datos: text('datos').notNull(),
    intentos: integer('intentos').notNull(),
    proximaEn: integer('proxima_en').notNull(),
    ultimoError: text('ultimo_error', { enum: causasFallo }),
    desde: integer('desde').notNull(),
    /** W3C trace id of what made it due; null for what was before there were such. */
    traza: text('traza'),
  },
  (table) => [
    primaryKey({ columns: [table.tipo, table.clave] }),
    index('obligaciones_por_hacer').on(table.tipo, table.proximaEn),
  ],
)

/**
 * Order ids that will never be an order, although inventario may hold a reservation for them: what
 * keeps a late writer from making the order after all.
 */
export const descartes = sqliteTable(
  'descartes',
  {
    id: text('id').primaryKey(),
    motivo: text('motivo').notNull(),
    desde: integer('desde').notNull(),
  },
  (table) => [index('descartes_por_edad').on(table.desde)],
)

/**
 * Customers that auth has erased. From the moment that one stands here no order of theirs is made
 * any more; their orders up to `hasta_numero` hold nothing personal.
 */
export const clientesBorrados = sqliteTable('clientes_borrados', {
  id: text('id').primaryKey(),
  anotadoEn: integer('anotado_en').notNull(),
  hastaNumero: integer('hasta_numero').notNull().default(0),
})

/** Where background work has come to. */
export const marcas = sqliteTable('marcas', {
  nombre: text('nombre').primaryKey(),
  valor: text('valor').notNull(),
})
