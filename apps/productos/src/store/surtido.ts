import { claveSku } from '@encargo/service-kit/values/sku'
import { filaPorFila, siSeDeshace } from '@encargo/csv/todo-o-nada'
import { reparoSkuAbreviado } from '@encargo/csv/celdas'
import { resumenVacio } from '@encargo/csv/cuenta'
import { escribirImporte } from '@encargo/service-kit/values/importes'
import type { Reparo } from '@encargo/service-kit/values/row-rules'
import { inTurns, type Steps } from '@encargo/storage'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import {
  type CampoProducto,
  type Cambios,
  camposProducto,
  type DatosProducto,
  type Producto,
} from '../domain/producto.ts'
import {
  decidirFila,
  type FilaHecha,
  type FilaSurtido,
  type Importacion,
  type Importado,
  type Surtido,
  type Tramo,
} from '../domain/surtido.ts'
import { cambiar, type Db, insertar } from './cambio.ts'
import { faltaImagen } from './imagenes.ts'
import { aProducto, type Fila } from './rows.ts'
import type { ProductosStorage } from './sqlite/open.ts'
import { productos } from './sqlite/tables.ts'

type Hecha = Omit<FilaHecha, 'fila'> | 'erronea'

/** What stood where these changes go. */
const soloDe = (actual: DatosProducto, cambios: Cambios): Cambios =>
  Object.fromEntries(
    camposProducto.filter((campo) => campo in cambios).map((campo) => [campo, actual[campo]]),
  )

/** The most of a text that a refusal tells. */
const maxCaracteres = 200

/** A value as a cell would say it. */
function escrito(campo: CampoProducto, producto: DatosProducto, moneda: string): string {
  const valor = producto[campo]
  if (campo === 'precio') return escribirImporte(producto.precio, moneda)
  const texto = typeof valor === 'object' && valor ? JSON.stringify(valor) : String(valor ?? '')
  return texto.slice(0, maxCaracteres)
}

/** One row after the other; `escribir` false only looks. */
class Importador {
  readonly #db: Db
  readonly #importacion: Importacion
  readonly #moneda: string
  /** The row of each product that has had one. */
  readonly #vistos = new Map<number, number>()
  readonly #bySku
  readonly #byId

  constructor(db: Db, importacion: Importacion, moneda: string) {
    this.#db = db
    this.#moneda = moneda
    this.#importacion = importacion
    this.#bySku = db
      .select()
      .from(productos)
      .where(eq(productos.skuClave, sql.placeholder('clave')))
      .prepare()
    this.#byId = db
      .select()
      .from(productos)
      .where(eq(productos.id, sql.placeholder('id')))
      .prepare()
  }

  pasos(escribir: boolean): Steps<Importado> {
    return filaPorFila(this.#importacion, escribir, (fila, escribirla) => {
      const hecha = this.#fila(fila, escribirla)
      return hecha === 'erronea' ? hecha : { fila: fila.fila, ...hecha }
    })
  }

  /**
   * The product that a row is of. One that was exported knows it by its id, whatever its SKU became;
   * in another shop there is no such id, and the row is one that somebody wrote.
   */
  #suya(fila: FilaSurtido): { readonly actual: Fila | null; readonly fila: FilaSurtido } {
    const actual = fila.exportada && this.#byId.get({ id: fila.exportada.id })
    if (actual) return { actual, fila }
    const bySku = this.#bySku.get({ clave: claveSku(fila.sku) }) ?? null
    return { actual: bySku, fila: { ...fila, exportada: null } }
  }

  #fila(leida: FilaSurtido, escribir: boolean): Hecha {
    const { actual, fila } = this.#suya(leida)
    const primera = actual ? this.#vistos.get(actual.n) : undefined
    if (primera !== undefined) {
      // By its SKU of then in one row, by that of now in another.
      return this.#erronea(fila, 'sku', {
        mensaje: `su producto está también en la fila ${primera}; va una vez`,
        regla: 'fila-repetida',
        limite: primera,
      })
    }
    if (actual) this.#vistos.set(actual.n, fila.fila)
    const decision = decidirFila(actual, fila, this.#importacion.omitirConflictos)
    if (decision.accion === 'falta') {
      return this.#erronea(fila, decision.columna, {
        mensaje: 'es obligatorio para un producto nuevo',
        regla: 'obligatorio',
      })
    }
    if (decision.accion === 'conflicto') return this.#enConflicto(fila, actual, decision.campos)
    if (decision.accion === 'igual') {
      const { sku = fila.sku, nombre = '' } = actual ?? {}
      return { sku, nombre, accion: 'igual', campos: [], antes: {}, despues: {} }
    }
    const { imagenUrl } = decision.accion === 'crear' ? decision.datos : decision.cambios
    if (faltaImagen(this.#db, imagenUrl)) {
      return this.#erronea(fila, 'imagenUrl', {
        mensaje: 'nombra una imagen que no está; súbela primero',
        regla: 'imagen-inexistente',
      })
    }
    if (decision.accion === 'actualizar') {
      return this.#actualizada(actual, decision.cambios, escribir)
    }
    const abreviado = reparoSkuAbreviado(fila.sku)
    if (abreviado) return this.#erronea(fila, 'sku', abreviado)
    return this.#creada(fila, decision.datos, escribir)
  }

  #creada({ cambios }: FilaSurtido, datos: DatosProducto, escribir: boolean): Hecha {
    if (escribir) insertar(this.#db, this.#importacion.newId(), datos, this.#importacion)
    const { sku, nombre } = datos
    const campos = Object.keys(cambios)
    return { sku, nombre, accion: 'crear', campos, antes: null, despues: cambios }
  }

  #actualizada(actual: Fila | null, cambios: Cambios, escribir: boolean): Hecha {
    if (!actual) throw new Error('an update without the product that it is of')
    if (escribir) {
      const edicion = { ...this.#importacion, id: actual.id, cambios, admite: () => true }
      cambiar(this.#db, actual, edicion)
    }
    const { sku, nombre } = { ...actual, ...cambios }
    const campos = Object.keys(cambios)
    const antes = soloDe(actual, cambios)
    return { sku, nombre, accion: 'actualizar', campos, antes, despues: cambios }
  }

  #enConflicto(
    fila: FilaSurtido,
    actual: Fila | null,
    campos: readonly CampoProducto[],
  ): 'erronea' {
    if (!actual) throw new Error('a conflict without the product that it is about')
    for (const campo of campos) {
      const dato = escrito(campo, actual, this.#moneda)
      this.#erronea(fila, campo, {
        mensaje: `ha cambiado en la tienda desde la exportación: ahora es «${dato}». Si lo tuyo es lo que vale, vacía la celda control de esta fila`,
        regla: 'conflicto',
        dato,
      })
    }
    return 'erronea'
  }

  #erronea({ fila }: FilaSurtido, columna: string, reparo: Reparo): 'erronea' {
    this.#importacion.errores.anotar(fila, columna, reparo)
    return 'erronea'
  }
}

/** The catalogue as a whole, in the same database. */
export class SqliteSurtido implements Surtido {
  readonly moneda: string
  readonly #storage: ProductosStorage
  readonly #bySkus

  constructor(storage: ProductosStorage, moneda: string) {
    this.#storage = storage
    this.moneda = moneda
    this.#bySkus = storage.db
      .select()
      .from(productos)
      .where(
        sql`${productos.skuClave} IN (SELECT value FROM json_each(${sql.placeholder('claves')}))`,
      )
      .prepare()
  }

  async porSkus(skus: readonly string[]): Promise<Producto[]> {
    const filas = this.#bySkus.all({ claves: JSON.stringify(skus.map(claveSku)) })
    const byClave = new Map(filas.map((fila) => [fila.skuClave, fila]))
    return skus.flatMap((sku) => {
      const fila = byClave.get(claveSku(sku))
      return fila ? [aProducto(fila, this.moneda)] : []
    })
  }

  async recorrer({
    archivados,
    despuesDe,
    limite,
  }: {
    archivados: boolean
    despuesDe: number
    limite: number
  }): Promise<Tramo> {
    const filas = this.#storage.db
      .select()
      .from(productos)
      .where(and(gt(productos.n, despuesDe), archivados ? undefined : eq(productos.activo, true)))
      .orderBy(asc(productos.n))
      .limit(limite)
      .all()
    const ultimo = filas.length < limite ? null : (filas.at(-1)?.n ?? null)
    return { productos: filas.map((fila) => aProducto(fila, this.moneda)), ultimo }
  }

  async simular(importacion: Importacion): Promise<Importado> {
    return await inTurns(new Importador(this.#storage.db, importacion, this.moneda).pasos(false))
  }

  async importar(importacion: Importacion): Promise<Importado> {
    const write = this.#storage.writeInSteps((db) =>
      new Importador(db, importacion, this.moneda).pasos(true),
    )
    return await siSeDeshace(write, resumenVacio)
  }
}
