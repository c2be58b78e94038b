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
import { tiposImagen } from '../../domain/imagen.ts'
import { claseGeneral, modos } from '../../domain/impuesto.ts'

/**
 * `n` is the stable rowid that the full-text index refers to and that breaks ties in every order:
 * each index ends in it by itself. Derived columns (`columnas.ts`) hold what a product is told apart,
 * sorted, filed and found by.
 */
export const productos = sqliteTable(
  'productos',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    sku: text('sku').notNull(),
    skuClave: text('sku_clave').notNull().default(''),
    nombre: text('nombre').notNull(),
    nombrePlegado: text('nombre_plegado').notNull(),
    descripcion: text('descripcion').notNull(),
    precio: integer('precio').notNull(),
    categoria: text('categoria'),
    categoriaPlegada: text('categoria_plegada'),
    imagenUrl: text('imagen_url'),
    atributos: text('atributos', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    activo: integer('activo', { mode: 'boolean' }).notNull(),
    version: integer('version').notNull(),
    creadoEn: integer('creado_en', { mode: 'timestamp_ms' }).notNull(),
    actualizadoEn: integer('actualizado_en', { mode: 'timestamp_ms' }).notNull(),
    /** The version of the rules that wrote the derived columns. */
    reglas: integer('reglas').notNull().default(0),
    /** Of the full-text index (`indice.ts`). */
    palabras: text('palabras').notNull().default(''),
    claseImpuesto: text('clase_impuesto').notNull().default(claseGeneral),
    pesoGramos: integer('peso_gramos'),
  },
  (table) => [
    uniqueIndex('productos_sku_clave').on(table.skuClave),
    index('productos_por_nombre').on(table.activo, table.nombrePlegado),
    index('productos_por_precio').on(table.activo, table.precio),
    index('productos_por_creacion').on(table.activo, table.creadoEn),
    index('productos_categoria_por_nombre').on(
      table.activo,
      table.categoriaPlegada,
      table.nombrePlegado,
    ),
    index('productos_categoria_por_precio').on(table.activo, table.categoriaPlegada, table.precio),
    index('productos_categoria_por_creacion').on(
      table.activo,
      table.categoriaPlegada,
      table.creadoEn,
    ),
    index('productos_categorias').on(table.activo, table.categoriaPlegada, table.categoria),
    // For the triggers that know which pictures are in use.
    index('productos_por_imagen')
      .on(table.imagenUrl)
      .where(sql`${table.imagenUrl} IS NOT NULL`),
    check('productos_precio', sql`${table.precio} BETWEEN 0 AND 1000000000000`),
    check('productos_activo', sql`${table.activo} IN (0, 1)`),
    check('productos_version', sql`${table.version} >= 1`),
    check('productos_textos', sql`${table.sku} <> '' AND ${table.nombre} <> ''`),
    check('productos_atributos', sql`json_valid(${table.atributos})`),
  ],
)

/** Every price a product had, the first one included. Rows are only ever added. */
export const precios = sqliteTable(
  'precios',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    productoN: integer('producto_n')
      .notNull()
      .references(() => productos.n),
    precio: integer('precio').notNull(),
    desde: integer('desde', { mode: 'timestamp_ms' }).notNull(),
    usuarioId: text('usuario_id').notNull(),
  },
  (table) => [
    index('precios_de_producto').on(table.productoN),
    check('precios_precio', sql`${table.precio} BETWEEN 0 AND 1000000000000`),
  ],
)

/**
 * What each class of tax is from when on. A row is written over before it begins, and never after: a
 * trigger holds the moment of writing, `escrito_en`, to it.
 */
export const impuestos = sqliteTable(
  'impuestos',
  {
    codigo: text('codigo').notNull(),
    desde: integer('desde', { mode: 'timestamp_ms' }).notNull(),
    nombre: text('nombre').notNull(),
    /** In hundredths of a percent. */
    tasa: integer('tasa').notNull(),
    modo: text('modo', { enum: modos }).notNull(),
    escritoEn: integer('escrito_en', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.codigo, table.desde] }),
    check('impuestos_textos', sql`${table.codigo} <> '' AND ${table.nombre} <> ''`),
    check('impuestos_tasa', sql`${table.tasa} BETWEEN 0 AND 10000`),
    check('impuestos_modo', sql`${table.modo} IN ('incluido', 'por-dentro')`),
    check('impuestos_desde', sql`${table.escritoEn} <= ${table.desde}`),
  ],
)

/**
 * Uploaded pictures, named by what is in them. Triggers on `productos` keep `libre_desde`: since
 * when no product names the picture, null while one does.
 */
export const imagenes = sqliteTable(
  'imagenes',
  {
    hash: text('hash').primaryKey(),
    tipo: text('tipo', { enum: tiposImagen }).notNull(),
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
    creadoEn: integer('creado_en', { mode: 'timestamp_ms' }).notNull(),
    libreDesde: integer('libre_desde', { mode: 'timestamp_ms' }),
  },
  (table) => [
    index('imagenes_libres')
      .on(table.libreDesde)
      .where(sql`${table.libreDesde} IS NOT NULL`),
    check('imagenes_hash', sql`length(${table.hash}) = 64`),
    check(
      'imagenes_tipo',
      sql`${table.tipo} IN ('image/png', 'image/jpeg', 'image/webp', 'image/avif')`,
    ),
    check('imagenes_bytes', sql`length(${table.bytes}) BETWEEN 1 AND 2097152`),
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
    /** A product, or a class of tax by its code. */
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

/** What this database was begun with and can't be changed under it, by name. */
export const ajustes = sqliteTable('ajustes', {
  nombre: text('nombre').primaryKey(),
  valor: text('valor').notNull(),
})
