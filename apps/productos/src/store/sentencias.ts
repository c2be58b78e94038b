import type { Storage } from '@encargo/storage'
import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { reglasActuales } from './derivados.ts'
import { precios, productos, type schema } from './sqlite/tables.ts'

export type Db = Storage<typeof schema>['db']

const columnas = getTableColumns(productos)
type Columna = keyof typeof columnas

const esColumna = (nombre: string): nombre is Columna => Object.hasOwn(columnas, nombre)

/** A value that is given when the statement runs, encoded as its column wants it. */
const dado = (nombre: Columna): SQL => sql`${sql.param(sql.placeholder(nombre), columnas[nombre])}`

const dados = (nombres: readonly Columna[]) =>
  Object.fromEntries(nombres.map((nombre) => [nombre, dado(nombre)]))

/**
 * The statements that write products, prepared once for each connection: preparing one takes longer
 * than running it, as the triggers of the search are prepared with it.
 */
class Sentencias {
  readonly #db: Db
  readonly #cambios = new Map<string, ReturnType<Sentencias['prepararCambio']>>()
  readonly alta
  readonly precio

  constructor(db: Db) {
    this.#db = db
    this.alta = db
      .insert(productos)
      .values({
        id: sql.placeholder('id'),
        sku: sql.placeholder('sku'),
        skuClave: sql.placeholder('skuClave'),
        skuCompacto: sql.placeholder('skuCompacto'),
        nombre: sql.placeholder('nombre'),
        nombrePlegado: sql.placeholder('nombrePlegado'),
        nombreRaices: sql.placeholder('nombreRaices'),
        descripcion: sql.placeholder('descripcion'),
        descripcionRaices: sql.placeholder('descripcionRaices'),
        precio: sql.placeholder('precio'),
        categoria: sql.placeholder('categoria'),
        categoriaPlegada: sql.placeholder('categoriaPlegada'),
        imagenUrl: sql.placeholder('imagenUrl'),
        atributos: sql.placeholder('atributos'),
        activo: sql.placeholder('activo'),
        version: 1,
        creadoEn: sql.placeholder('ahora'),
        actualizadoEn: sql.placeholder('ahora'),
        reglas: reglasActuales,
      })
      .returning()
      .prepare()
    this.precio = db
      .insert(precios)
      .values({
        productoN: sql.placeholder('productoN'),
        precio: sql.placeholder('precio'),
        desde: sql.placeholder('desde'),
        usuarioId: sql.placeholder('usuarioId'),
      })
      .prepare()
  }

  /** The update of just these columns of row `n`: one that is not named wakes no trigger. */
  cambio(nombres: readonly string[]) {
    const clave = nombres.toSorted().join()
    const known = this.#cambios.get(clave)
    if (known) return known
    const fresh = this.prepararCambio(nombres.filter(esColumna))
    this.#cambios.set(clave, fresh)
    return fresh
  }

  prepararCambio(nombres: readonly Columna[]) {
    return this.#db
      .update(productos)
      .set(dados(nombres))
      .where(eq(productos.n, sql.placeholder('n')))
      .returning()
      .prepare()
  }
}

const porConexion = new WeakMap<Db, Sentencias>()

export function sentenciasDe(db: Db): Sentencias {
  const known = porConexion.get(db)
  if (known) return known
  const fresh = new Sentencias(db)
  porConexion.set(db, fresh)
  return fresh
}
