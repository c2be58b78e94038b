import type { Facturacion } from '@encargo/service-kit/values/identificacion'
import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { type Contacto, type EnvioElegido, idiomas } from '../../domain/condiciones.ts'
import { tiposCupon } from '../../domain/cupon.ts'
import { type Tarifa, tiposMetodo, type Zona } from '../../domain/metodo-envio.ts'

// What a sale has beyond products and stock. An order that uses none of it has no row in any of these.

const dinero = (columna: string) => sql.raw(`"${columna}" BETWEEN 0 AND 1000000000000`)

/** What is agreed of an order beyond its lines. Amounts never change; people are erased from it. */
export const pedidoCondiciones = sqliteTable(
  'pedido_condiciones',
  {
    /** The order's. */
    numero: integer('numero').primaryKey(),
    contacto: text('contacto', { mode: 'json' }).$type<Contacto>(),
    facturacion: text('facturacion', { mode: 'json' }).$type<Facturacion>(),
    metodoEnvio: text('metodo_envio', { mode: 'json' }).$type<EnvioElegido>(),
    envioImporte: integer('envio_importe').notNull(),
    envioClase: text('envio_clase').notNull(),
    envioTasa: integer('envio_tasa').notNull(),
    envioPorDentro: integer('envio_por_dentro').notNull(),
    envioImpuesto: integer('envio_impuesto').notNull(),
    cupon: text('cupon'),
    descuento: integer('descuento').notNull(),
    idioma: text('idioma', { enum: idiomas }),
    canal: text('canal'),
    invitado: integer('invitado').notNull(),
  },
  () => [
    check('pedido_condiciones_envio', dinero('envio_importe')),
    check('pedido_condiciones_impuesto', sql.raw('"envio_impuesto" BETWEEN 0 AND "envio_importe"')),
    check('pedido_condiciones_tasa', sql.raw('"envio_tasa" BETWEEN 0 AND 10000')),
    check('pedido_condiciones_por_dentro', sql.raw('"envio_por_dentro" IN (0, 1)')),
    check('pedido_condiciones_descuento', dinero('descuento')),
    check('pedido_condiciones_cupon', sql.raw('"cupon" IS NOT NULL OR "descuento" = 0')),
    check(
      'pedido_condiciones_metodo',
      sql.raw('"metodo_envio" IS NOT NULL OR "envio_importe" = 0'),
    ),
    check('pedido_condiciones_idioma', sql.raw(`"idioma" IN ('es', 'en')`)),
    check('pedido_condiciones_invitado', sql.raw('"invitado" IN (0, 1)')),
  ],
)

export const metodosEnvio = sqliteTable(
  'metodos_envio',
  {
    codigo: text('codigo').primaryKey(),
    nombre: text('nombre').notNull(),
    tipo: text('tipo', { enum: tiposMetodo }).notNull(),
    zonas: text('zonas', { mode: 'json' }).$type<readonly Zona[]>().notNull(),
    tarifa: text('tarifa', { mode: 'json' }).$type<Tarifa>().notNull(),
    gratisDesde: integer('gratis_desde'),
    claseImpuesto: text('clase_impuesto').notNull(),
    plazoDias: integer('plazo_dias'),
    instrucciones: text('instrucciones'),
    activo: integer('activo').notNull(),
    posicion: integer('posicion').notNull(),
    version: integer('version').notNull(),
    actualizadoEn: integer('actualizado_en').notNull(),
  },
  () => [
    check('metodos_envio_tipo', sql.raw(`"tipo" IN ('domicilio', 'retiro')`)),
    check('metodos_envio_activo', sql.raw('"activo" IN (0, 1)')),
  ],
)

export const cupones = sqliteTable(
  'cupones',
  {
    codigo: text('codigo').primaryKey(),
    tipo: text('tipo', { enum: tiposCupon }).notNull(),
    valor: integer('valor'),
    minimo: integer('minimo'),
    desde: integer('desde'),
    hasta: integer('hasta'),
    usosMaximos: integer('usos_maximos'),
    usosPorCliente: integer('usos_por_cliente'),
    categorias: text('categorias', { mode: 'json' }).$type<readonly string[]>().notNull(),
    activo: integer('activo').notNull(),
    usados: integer('usados').notNull(),
    version: integer('version').notNull(),
    creadoEn: integer('creado_en').notNull(),
    actualizadoEn: integer('actualizado_en').notNull(),
  },
  () => [
    check('cupones_tipo', sql.raw(`"tipo" IN ('porcentaje', 'importe', 'envio-gratis')`)),
    check('cupones_valor', sql.raw(`("valor" IS NULL) = ("tipo" = 'envio-gratis')`)),
    check('cupones_porcentaje', sql.raw(`"tipo" <> 'porcentaje' OR "valor" BETWEEN 1 AND 10000`)),
    check(
      'cupones_usados',
      sql.raw('"usados" >= 0 AND ("usos_maximos" IS NULL OR "usados" <= "usos_maximos")'),
    ),
    check('cupones_activo', sql.raw('"activo" IN (0, 1)')),
  ],
)

/** Orders that are not Cancelado and have a coupon; without rowid. */
export const cuponUsos = sqliteTable(
  'cupon_usos',
  {
    codigo: text('codigo')
      .notNull()
      .references(() => cupones.codigo),
    clienteId: text('cliente_id').notNull(),
    numero: integer('numero').notNull(),
  },
  (table) => [primaryKey({ columns: [table.codigo, table.clienteId, table.numero] })],
)

/** Mails about orders, one for each reason to write; how each is sent is an obligation. */
export const avisos = sqliteTable(
  'avisos',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** The event of the history that is its reason, if one is. */
    secuencia: integer('secuencia'),
    tipo: text('tipo').notNull(),
    /** The order's, if it is about one. */
    numero: integer('numero'),
    para: text('para', { enum: ['cliente', 'personal'] }).notNull(),
    /** What it tells that is no order's, without anything personal. */
    datos: text('datos'),
    estado: text('estado', { enum: ['por-enviar', 'enviado', 'fallido', 'omitido'] }).notNull(),
    intentos: integer('intentos').notNull(),
    /** Why the last attempt failed, in a word. */
    fallo: text('fallo'),
    creadoEn: integer('creado_en').notNull(),
    terminadoEn: integer('terminado_en'),
  },
  (table) => [
    uniqueIndex('avisos_una_vez').on(table.secuencia, table.tipo),
    index('avisos_de_pedido').on(table.numero, table.id),
    // Those that somebody may have to do something about.
    index('avisos_por_ver')
      .on(table.estado, table.id)
      .where(sql.raw(`"estado" = 'por-enviar' OR "estado" = 'fallido'`)),
    check('avisos_para', sql.raw(`"para" IN ('cliente', 'personal')`)),
    check('avisos_estado', sql.raw(`"estado" IN ('por-enviar', 'enviado', 'fallido', 'omitido')`)),
    check('avisos_fin', sql.raw(`("estado" = 'por-enviar') = ("terminado_en" IS NULL)`)),
  ],
)

/** Products whose low stock the staff was told of, until it is enough again. */
export const existenciasAvisadas = sqliteTable('existencias_avisadas', {
  productoId: text('producto_id').primaryKey(),
  en: integer('en').notNull(),
})

/** What staff tell each other of an order; it goes with what is personal of its customer. */
export const pedidoNotas = sqliteTable(
  'pedido_notas',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    numero: integer('numero').notNull(),
    texto: text('texto').notNull(),
    actor: text('actor').notNull(),
    en: integer('en').notNull(),
  },
  (table) => [index('pedido_notas_de_pedido').on(table.numero, table.id)],
)

/** How often the links to an order were taken back; without a row never. */
export const enlaces = sqliteTable('enlaces', {
  numero: integer('numero').primaryKey(),
  vuelta: integer('vuelta').notNull(),
})

/** What the shop has set: a JSON value for each name. */
export const ajustes = sqliteTable('ajustes', {
  nombre: text('nombre').primaryKey(),
  valor: text('valor').notNull(),
  version: integer('version').notNull(),
  actualizadoEn: integer('actualizado_en').notNull(),
})

/** Who of the staff changed what; append-only. */
export const auditoria = sqliteTable(
  'auditoria',
  {
    numero: integer('numero').primaryKey({ autoIncrement: true }),
    en: integer('en').notNull(),
    accion: text('accion').notNull(),
    actorId: text('actor_id'),
    sujetoId: text('sujeto_id'),
    red: text('red'),
    detalle: text('detalle'),
  },
  (table) => [
    index('auditoria_por_sujeto').on(table.sujetoId, table.numero),
    index('auditoria_por_accion').on(table.accion, table.numero),
  ],
)
