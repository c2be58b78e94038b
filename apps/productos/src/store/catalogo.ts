import { decodeCursor, type Pagina, toPagina } from '@encargo/service-kit/http/pagination'
import { isUniqueViolation } from '@encargo/storage'
import { Type } from '@sinclair/typebox'
import { and, count, desc, eq, inArray, isNotNull, lt, min, sql } from 'drizzle-orm'
import type { Alta, Archivado, Archivo, Catalogo, Edicion, Editado } from '../ports.ts'
import type { Busqueda } from '../domain/busqueda.ts'
import {
  type Articulo,
  type Autoria,
  type Categoria,
  type DatosProducto,
  type PrecioHistorico,
  type Producto,
} from '../domain/producto.ts'
import { pesoDe } from '../domain/producto.ts'
import { type Cambio, cambiar, insertar, vistoDe } from './cambio.ts'
import { faltaImagen } from './imagenes.ts'
import { createPalabras } from './palabras.ts'
import { placeOf as lugarDe, porRelevancia } from './relevancia.ts'
import { aProducto } from './rows.ts'
import { conPalabras, placeOf, planOf } from './search.ts'
import type { ProductosStorage } from './sqlite/open.ts'
import { precios, productos } from './sqlite/tables.ts'

type FilaArticulo = Pick<Articulo, 'id' | 'sku' | 'nombre' | 'precio'> & { readonly activo: number }

const PriceCursor = Type.Tuple([Type.Literal('precios'), Type.Integer()])

/** The catalogue in SQLite. Reads answer from committed data; writes resolve after their fsync. */
export class SqliteCatalogo implements Catalogo {
  readonly #storage: ProductosStorage
  readonly #moneda: string
  readonly #byId
  readonly #byIds
  readonly #articulos
  readonly #palabras

  constructor(storage: ProductosStorage, moneda: string) {
    this.#storage = storage
    this.#moneda = moneda
    const { db } = storage
    this.#palabras = createPalabras(storage.client)
    // Every purchase comes by here, so without Drizzle, whose mapping of a row costs more than the
    // row, and in one statement, as each one takes and gives back SQLite's locks.
    this.#articulos = storage.client.prepare<FilaArticulo, [ids: string]>(
      `SELECT id, sku, nombre, precio, activo FROM productos
       WHERE id IN (SELECT value FROM json_each(?))`,
    )
    this.#byId = db
      .select()
      .from(productos)
      .where(eq(productos.id, sql.placeholder('id')))
      .prepare()
    this.#byIds = db
      .select()
      .from(productos)
      .where(sql`${productos.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
      .prepare()
  }

  async articulos(ids: readonly string[]): Promise<Articulo[]> {
    const moneda = this.#moneda
    const filas = this.#articulos.all(JSON.stringify(ids))
    const byId = new Map(
      filas.map((fila) => [fila.id, { ...fila, moneda, activo: fila.activo === 1 }]),
    )
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  async porId(id: string): Promise<Producto | null> {
    const fila = this.#byId.get({ id })
    return fila ? aProducto(fila, this.#moneda) : null
  }

  async porIds(ids: readonly string[], palabras: Busqueda['palabras'] = null): Promise<Producto[]> {
    const filas =
      palabras === null
        ? this.#byIds.all({ ids: JSON.stringify(ids) })
        : this.#storage.db
            .select()
            .from(productos)
            .where(and(inArray(productos.id, [...ids]), conPalabras(palabras, this.#palabras)))
            .all()
    const byId = new Map(filas.map((fila) => [fila.id, fila]))
    return ids.flatMap((id) => {
      const fila = byId.get(id)
      return fila ? [aProducto(fila, this.#moneda)] : []
    })
  }

  async buscar(busqueda: Busqueda): Promise<Pagina<Producto>> {
    const { limite, orden } = busqueda
    const { db } = this.#storage
    if (orden === 'relevancia') {
      const halladas = porRelevancia(db, busqueda, this.#palabras)
      return toPagina(
        halladas,
        limite,
        ({ fila }) => aProducto(fila, this.#moneda),
        lugarDe,
        ({ fila }) => pesoDe(fila),
      )
    }
    const { where, orderBy } = planOf(busqueda, orden, this.#palabras)
    const filas = db
      .select()
      .from(productos)
      .where(where)
      .orderBy(...orderBy)
      .limit(limite + 1)
      .all()
    return toPagina(filas, limite, (fila) => aProducto(fila, this.#moneda), placeOf(orden), pesoDe)
  }

  async categorias(): Promise<Categoria[]> {
    const filas = this.#storage.db
      // Spellings that differ in case or accents are one category, shown in one of them.
      .select({ nombre: min(productos.categoria), productos: count() })
      .from(productos)
      .where(and(eq(productos.activo, true), isNotNull(productos.categoriaPlegada)))
      .groupBy(productos.categoriaPlegada)
      .orderBy(productos.categoriaPlegada)
      .all()
    return filas.map((fila) => ({ nombre: fila.nombre ?? '', productos: fila.productos }))
  }

  async precios(
    id: string,
    { limite, cursor }: { limite: number; cursor: string | null },
  ): Promise<Pagina<PrecioHistorico> | null> {
    const producto = this.#byId.get({ id })
    if (!producto) return null
    const before = cursor === null ? undefined : decodeCursor(PriceCursor, cursor)[1]
    const filas = this.#storage.db
      .select()
      .from(precios)
      .where(
        and(
          eq(precios.productoN, producto.n),
          before === undefined ? undefined : lt(precios.n, before),
        ),
      )
      .orderBy(desc(precios.n))
      .limit(limite + 1)
      .all()
    return toPagina(
      filas,
      limite,
      ({ precio, desde, usuarioId }) => ({
        precio,
        moneda: this.#moneda,
        desde: desde.toISOString(),
        usuarioId,
      }),
      (fila) => ['precios', fila.n],
    )
  }

  async crear(id: string, datos: DatosProducto, autoria: Autoria): Promise<Alta> {
    const write = this.#storage.write((db): Alta => {
      if (faltaImagen(db, datos.imagenUrl)) return { tipo: 'imagen-inexistente' }
      const fila = insertar(db, id, datos, autoria)
      return { tipo: 'creado', producto: aProducto(fila, this.#moneda) }
    })
    return await write.catch(skuEnUso)
  }

  async editar(edicion: Edicion): Promise<Editado> {
    const write = this.#storage.write((db): Editado => {
      const fila = db.select().from(productos).where(eq(productos.id, edicion.id)).get()
      if (!fila) return { tipo: 'no-encontrado' }
      if (faltaImagen(db, edicion.cambios.imagenUrl)) return { tipo: 'imagen-inexistente' }
      return this.#visto(cambiar(db, fila, edicion))
    })
    return await write.catch(skuEnUso)
  }

  async archivar(archivo: Archivo): Promise<Archivado> {
    return await this.#storage.write((db): Archivado => {
      const fila = db.select().from(productos).where(eq(productos.id, archivo.id)).get()
      if (!fila) return { tipo: 'no-encontrado' }
      if (!fila.activo) return this.#visto({ tipo: 'guardado', fila })
      return this.#visto(cambiar(db, fila, { ...archivo, cambios: { activo: false } }))
    })
  }

  #visto(cambio: Cambio): Archivado {
    return vistoDe(cambio, this.#moneda)
  }
}

/** The table itself refuses a SKU twice, so two writers cannot both find it free. */
function skuEnUso(error: unknown): { readonly tipo: 'sku-en-uso' } {
  if (isUniqueViolation(error, 'productos.sku_clave')) return { tipo: 'sku-en-uso' }
  throw error
}
