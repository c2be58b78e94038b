import { causasFallo } from '@encargo/service-kit/values/attempts'
import * as palabras from '@encargo/service-kit/values/cobros'
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
import { estadosAviso } from '../../domain/aviso.ts'
import { causasCierre } from '../../domain/cobro.ts'
import { estadosReembolso } from '../../domain/reembolso.ts'

// Moments are integer milliseconds since the epoch, money integers in minor units. What drizzle-kit can't
// express is written by hand in the migrations: triggers. Nothing in here is about a person.

const de = (columna: string, valores: readonly string[]) =>
  sql.raw(`"${columna}" IN (${valores.map((uno) => `'${uno}'`).join(', ')})`)
const importe = sql.raw('"importe" BETWEEN 1 AND 1000000000000')
const conReferencia = sql.raw('"referencia" IS NOT NULL')
const porConsultar = sql.raw('"consultar_en" IS NOT NULL')
const porContar = sql.raw('"contada" < "version"')
const porHacer = sql.raw('"proxima_en" IS NOT NULL')

/** The ways to pay that a shop offers. */
export const metodosPago = sqliteTable(
  'metodos_pago',
  {
    codigo: text('codigo').primaryKey(),
    proveedor: text('proveedor').notNull(),
    nombre: text('nombre').notNull(),
    momento: text('momento', { enum: palabras.momentosPago }).notNull(),
    /** How long a charge of it may wait for its money. */
    plazoSegundos: integer('plazo_segundos'),
    instrucciones: text('instrucciones'),
    minimo: integer('minimo'),
    maximo: integer('maximo'),
    /** Country codes in a JSON array; an empty one: everywhere. */
    paises: text('paises').notNull(),
    activo: integer('activo').notNull(),
    posicion: integer('posicion').notNull(),
    version: integer('version').notNull(),
    creadoEn: integer('creado_en').notNull(),
    actualizadoEn: integer('actualizado_en').notNull(),
  },
  () => [
    check('metodos_pago_momento', de('momento', palabras.momentosPago)),
    check('metodos_pago_activo', sql.raw('"activo" IN (0, 1)')),
    check('metodos_pago_plazo', sql.raw('"plazo_segundos" > 0')),
    check('metodos_pago_limites', sql.raw('"minimo" >= 0 AND "maximo" >= coalesce("minimo", 0)')),
  ],
)

export const cobros = sqliteTable(
  'cobros',
  {
    n: integer('n').primaryKey(),
    id: text('id').notNull().unique(),
    pedidoId: text('pedido_id').notNull(),
    /** The order's. */
    numero: integer('numero').notNull(),
    clienteId: text('cliente_id').notNull(),
    creadoPor: text('creado_por').notNull(),
    metodo: text('metodo').notNull(),
    proveedor: text('proveedor').notNull(),
    momento: text('momento', { enum: palabras.momentosPago }).notNull(),
    estado: text('estado', { enum: palabras.estadosCobro }).notNull(),
    causa: text('causa', { enum: causasCierre }),
    importe: integer('importe').notNull(),
    moneda: text('moneda').notNull(),
    /** The provider's name for it; none before it is opened there. */
    referencia: text('referencia'),
    /** Where it is paid, while it can be. */
    url: text('url'),
    /** Where the shopper is sent back to, until the provider has been told: it may hold a link's secret. */
    volverA: text('volver_a'),
    /** When the provider's session ends. */
    expiraEn: integer('expira_en').notNull(),
    /** Until when stock is to be held for it. */
    apartarHasta: integer('apartar_hasta').notNull(),
    autorizado: integer('autorizado').notNull(),
    cobrado: integer('cobrado').notNull(),
    reembolsado: integer('reembolsado').notNull(),
    disputado: integer('disputado').notNull(),
    disputa: text('disputa', { enum: palabras.disputas }),
    ultimoRechazo: text('ultimo_rechazo'),
    /** Grows with whatever pedidos is to know of it. */
    version: integer('version').notNull(),
    /** The version that pedidos knows. */
    contada: integer('contada').notNull(),
    /** When its provider is asked next, though nobody gave notice. */
    consultarEn: integer('consultar_en'),
    /** How often in a row that failed. */
    fallos: integer('fallos').notNull(),
    creadoEn: integer('creado_en').notNull(),
    actualizadoEn: integer('actualizado_en').notNull(),
  },
  (table) => [
    check('cobros_estado', de('estado', palabras.estadosCobro)),
    check('cobros_causa', de('causa', causasCierre)),
    check('cobros_cierre', sql.raw(`("estado" = 'cerrado') = ("causa" IS NOT NULL)`)),
    check('cobros_momento', de('momento', palabras.momentosPago)),
    check('cobros_volver', sql.raw(`"volver_a" IS NULL OR "estado" = 'creado'`)),
    check('cobros_disputa', de('disputa', palabras.disputas)),
    check('cobros_importe', importe),
    check(
      'cobros_sumas',
      sql.raw(`"autorizado" >= 0 AND "cobrado" >= 0 AND "reembolsado" >= 0 AND "disputado" >= 0`),
    ),
    check('cobros_contada', sql.raw('0 <= "contada" AND "contada" <= "version"')),
    index('cobros_por_pedido').on(table.pedidoId),
    index('cobros_por_estado').on(table.estado),
    uniqueIndex('cobros_por_referencia').on(table.proveedor, table.referencia).where(conReferencia),
    // These two hold only what waits.
    index('cobros_por_consultar').on(table.proveedor, table.consultarEn).where(porConsultar),
    index('cobros_por_contar').on(table.version).where(porContar),
  ],
)

/** What happened to money: never updated, never deleted. */
export const movimientos = sqliteTable(
  'movimientos',
  {
    cobroN: integer('cobro_n')
      .notNull()
      .references(() => cobros.n),
    secuencia: integer('secuencia').notNull(),
    proveedor: text('proveedor').notNull(),
    tipo: text('tipo', { enum: palabras.tiposMovimiento }).notNull(),
    importe: integer('importe').notNull(),
    referencia: text('referencia').notNull(),
    en: integer('en').notNull(),
    /** The notice that made us ask; null where we asked by ourselves. */
    aviso: text('aviso'),
  },
  (table) => [
    primaryKey({ columns: [table.cobroN, table.secuencia] }),
    uniqueIndex('movimientos_una_vez').on(table.proveedor, table.tipo, table.referencia),
    check('movimientos_tipo', de('tipo', palabras.tiposMovimiento)),
    check('movimientos_importe', importe),
    check('movimientos_secuencia', sql.raw('"secuencia" >= 1')),
  ],
)

/** Money that a provider tells of and that is not ours to count: in another currency, of another charge. */
export const ajenos = sqliteTable(
  'ajenos',
  {
    proveedor: text('proveedor').notNull(),
    tipo: text('tipo', { enum: palabras.tiposMovimiento }).notNull(),
    referencia: text('referencia').notNull(),
    importe: integer('importe').notNull(),
    moneda: text('moneda').notNull(),
    /** The charge that was asked for. */
    cobroN: integer('cobro_n').references(() => cobros.n),
    en: integer('en').notNull(),
    resueltoEn: integer('resuelto_en'),
    /** What somebody did about it, in their words. */
    resolucion: text('resolucion'),
  },
  (table) => [
    primaryKey({ columns: [table.proveedor, table.tipo, table.referencia] }),
    check('ajenos_tipo', de('tipo', palabras.tiposMovimiento)),
  ],
)

export const reembolsos = sqliteTable(
  'reembolsos',
  {
    id: text('id').primaryKey(),
    cobroN: integer('cobro_n')
      .notNull()
      .references(() => cobros.n),
    importe: integer('importe').notNull(),
    motivo: text('motivo').notNull(),
    estado: text('estado', { enum: estadosReembolso }).notNull(),
    /** The provider's name for it, or that of what a person did by hand. */
    referencia: text('referencia'),
    /** Why the provider won't, in its word. */
    causa: text('causa'),
    /** Whether no order asked for it: there is none that the money could be for. */
    ajeno: integer('ajeno').notNull(),
    desde: integer('desde').notNull(),
    actualizadoEn: integer('actualizado_en').notNull(),
  },
  (table) => [
    index('reembolsos_por_cobro').on(table.cobroN),
    index('reembolsos_por_estado').on(table.estado, table.desde, table.id),
    check('reembolsos_estado', de('estado', estadosReembolso)),
    check('reembolsos_importe', importe),
    check('reembolsos_ajeno', sql.raw('"ajeno" IN (0, 1)')),
  ],
)

/** The inbox: notices as they came, until what they are about has been asked for. */
export const avisos = sqliteTable(
  'avisos',
  {
    proveedor: text('proveedor').notNull(),
    eventoId: text('evento_id').notNull(),
    /** What is to be asked for. */
    referencia: text('referencia').notNull(),
    /** The body, byte for byte; null once it is done. */
    cuerpo: blob('cuerpo', { mode: 'buffer' }),
    estado: text('estado', { enum: estadosAviso }).notNull(),
    intentos: integer('intentos').notNull(),
    recibidoEn: integer('recibido_en').notNull(),
    /** When it is tried next; null once it is not. */
    proximaEn: integer('proxima_en'),
    error: text('error'),
  },
  (table) => [
    primaryKey({ columns: [table.proveedor, table.eventoId] }),
    check('avisos_estado', de('estado', estadosAviso)),
    check('avisos_proxima', sql.raw(`("estado" = 'pendiente') = ("proxima_en" IS NOT NULL)`)),
    check('avisos_cuerpo', sql.raw(`"estado" <> 'pendiente' OR "cuerpo" IS NOT NULL`)),
    index('avisos_por_estado').on(table.estado, table.recibidoEn),
    index('avisos_por_hacer').on(table.proveedor, table.proximaEn).where(porHacer),
  ],
)

/** What happened, in the order in which it did: never updated, never deleted. */
export const eventos = sqliteTable('eventos', {
  secuencia: integer('secuencia').primaryKey({ autoIncrement: true }),
  tipo: text('tipo').notNull(),
  /** A charge. */
  sujeto: text('sujeto').notNull(),
  /** A small JSON object. */
  datos: text('datos').notNull(),
  en: integer('en').notNull(),
})

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

/** What must happen and has not yet: a row comes with what makes it due and goes with what comes of it. */
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
    /** W3C trace id of what made it due. */
    traza: text('traza'),
  },
  (table) => [
    primaryKey({ columns: [table.tipo, table.clave] }),
    index('obligaciones_por_hacer').on(table.tipo, table.proximaEn),
  ],
)

/** What staff has done: lines are only ever added. */
export const auditoria = sqliteTable(
  'auditoria',
  {
    numero: integer('numero').primaryKey({ autoIncrement: true }),
    en: integer('en').notNull(),
    accion: text('accion').notNull(),
    actorId: text('actor_id'),
    /** A charge, a refund, or a method's code. */
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

/** Where background work has come to. */
export const marcas = sqliteTable('marcas', {
  nombre: text('nombre').primaryKey(),
  valor: text('valor').notNull(),
})
