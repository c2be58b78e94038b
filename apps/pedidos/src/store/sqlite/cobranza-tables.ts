import { disputas, estadosCobro, momentosPago } from '@encargo/service-kit/values/cobros'
import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { apartados, asuntos, causasAbono, estadosReembolso } from '../../domain/cobranza/cuenta.ts'

// The money of orders that have any. An order without has no row in any of these.

const dinero = (columna: string) => sql.raw(`"${columna}" BETWEEN 0 AND 1000000000000`)
/** Spelt once: SQLite uses a partial index only for the very expression that it was made with. */
export const conAsunto = sql.raw('"asunto" IS NOT NULL')

/** How an order is to be paid, and what its money has come to. */
export const pedidoCobranza = sqliteTable(
  'pedido_cobranza',
  {
    /** The order's. */
    numero: integer('numero').primaryKey(),
    metodo: text('metodo'),
    momento: text('momento', { enum: momentosPago }),
    apartado: text('apartado', { enum: apartados }).notNull(),
    /** The reservation that its stock is under now; null for the one that is called as it is. */
    reservaId: text('reserva_id'),
    /** Until when charges that can't be closed are waited for; null while none is. */
    insistirHasta: integer('insistir_hasta'),
    /** When all of it was paid first. */
    pagadoEn: integer('pagado_en'),
    /** What somebody of the staff may have to do about it. */
    asunto: text('asunto', { enum: asuntos }),
    /** Above 0 the customer owes it, below 0 the shop does. */
    saldo: integer('saldo').notNull(),
  },
  (table) => [
    check('pedido_cobranza_momento', sql.raw(`"momento" IN ('antes', 'contra-entrega')`)),
    check('pedido_cobranza_apartado', sql.raw(`"apartado" IN ('plazo', 'firme', 'vencido')`)),
    check(
      'pedido_cobranza_asunto',
      sql.raw(`"asunto" IN (${asuntos.map((uno) => `'${uno}'`).join(', ')})`),
    ),
    index('pedido_cobranza_por_asunto').on(table.asunto, table.numero).where(conAsunto),
  ],
)

/** What pagos told last of each charge. */
export const pedidoCobros = sqliteTable(
  'pedido_cobros',
  {
    id: text('id').primaryKey(),
    numero: integer('numero').notNull(),
    /** Its place among those of its order. */
    orden: integer('orden').notNull(),
    metodo: text('metodo').notNull(),
    proveedor: text('proveedor').notNull(),
    momento: text('momento', { enum: momentosPago }).notNull(),
    estado: text('estado', { enum: estadosCobro }).notNull(),
    causa: text('causa'),
    importe: integer('importe').notNull(),
    autorizado: integer('autorizado').notNull(),
    cobrado: integer('cobrado').notNull(),
    reembolsado: integer('reembolsado').notNull(),
    disputado: integer('disputado').notNull(),
    disputa: text('disputa', { enum: disputas }),
    expiraEn: integer('expira_en'),
    version: integer('version').notNull(),
    creadoEn: integer('creado_en').notNull(),
    actualizadoEn: integer('actualizado_en').notNull(),
  },
  (table) => [
    index('pedido_cobros_de_pedido').on(table.numero, table.orden),
    check('pedido_cobros_momento', sql.raw(`"momento" IN ('antes', 'contra-entrega')`)),
    check(
      'pedido_cobros_estado',
      sql.raw(`"estado" IN (${estadosCobro.map((uno) => `'${uno}'`).join(', ')})`),
    ),
    check('pedido_cobros_importe', dinero('importe')),
    check('pedido_cobros_autorizado', dinero('autorizado')),
    check('pedido_cobros_cobrado', dinero('cobrado')),
    check('pedido_cobros_reembolsado', dinero('reembolsado')),
    check('pedido_cobros_disputado', dinero('disputado')),
    check('pedido_cobros_disputa', sql.raw(`"disputa" IN ('abierta', 'perdida', 'ganada')`)),
    check('pedido_cobros_version', sql.raw('"version" > 0')),
  ],
)

/** What happened to the money of charges, as pagos tells it. Append-only. */
export const pedidoMovimientos = sqliteTable(
  'pedido_movimientos',
  {
    cobroId: text('cobro_id').notNull(),
    secuencia: integer('secuencia').notNull(),
    numero: integer('numero').notNull(),
    tipo: text('tipo').notNull(),
    importe: integer('importe').notNull(),
    referencia: text('referencia').notNull(),
    en: integer('en').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.cobroId, table.secuencia] }),
    index('pedido_movimientos_de_pedido').on(table.numero, table.cobroId, table.secuencia),
    index('pedido_movimientos_por_en').on(table.en, table.cobroId, table.secuencia),
    check('pedido_movimientos_importe', sql.raw('"importe" BETWEEN 1 AND 1000000000000')),
  ],
)

/** What pagos is asked to give back. */
export const reembolsosPedidos = sqliteTable(
  'reembolsos_pedidos',
  {
    id: text('id').primaryKey(),
    numero: integer('numero').notNull(),
    cobroId: text('cobro_id').notNull(),
    importe: integer('importe').notNull(),
    motivo: text('motivo').notNull(),
    estado: text('estado', { enum: estadosReembolso }).notNull(),
    actor: text('actor').notNull(),
    en: integer('en').notNull(),
    actualizadoEn: integer('actualizado_en').notNull(),
  },
  (table) => [
    index('reembolsos_de_pedido').on(table.numero, table.en),
    check('reembolsos_pedidos_importe', sql.raw('"importe" BETWEEN 1 AND 1000000000000')),
    check(
      'reembolsos_pedidos_estado',
      sql.raw(`"estado" IN (${estadosReembolso.map((uno) => `'${uno}'`).join(', ')})`),
    ),
  ],
)

/** By how much less an order is to be paid, or what of it is lost. Append-only. */
export const abonos = sqliteTable(
  'abonos',
  {
    id: text('id').primaryKey(),
    numero: integer('numero').notNull(),
    causa: text('causa', { enum: causasAbono }).notNull(),
    importe: integer('importe').notNull(),
    impuesto: integer('impuesto').notNull(),
    motivo: text('motivo'),
    actor: text('actor').notNull(),
    en: integer('en').notNull(),
    /** Of which lines how many, in JSON, where it is about lines. */
    lineas: text('lineas'),
  },
  (table) => [
    index('abonos_de_pedido').on(table.numero),
    check(
      'abonos_causa',
      sql.raw(`"causa" IN (${causasAbono.map((una) => `'${una}'`).join(', ')})`),
    ),
    check('abonos_importe', dinero('importe')),
    check('abonos_impuesto', sql.raw('"impuesto" BETWEEN 0 AND "importe"')),
  ],
)
