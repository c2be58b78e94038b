import { claveSku } from '@encargo/service-kit'
import { filaPorFila, resumenVacio, siSeDeshace } from '@encargo/service-kit/csv'
import { inTurns, type Steps } from '@encargo/storage'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Producto } from '../domain/producto.ts'
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
import type { ProductosStorage } from './sqlite.ts'
import { productos } from './tables.ts'

type Hecha = Omit<FilaHecha, 'fila'> | 'erronea'

/** One row after the other; `escribir` false only looks. */
class Importador {
  readonly #db: Db
  readonly #importacion: Importacion
  readonly #bySku

  constructor(db: Db, importacion: Importacion) {
    this.#db = db
    this.#importacion = importacion
    this.#bySku = db
      .select()
      .from(productos)
      .where(sql`${productos.sku} = ${sql.placeholder('sku')} COLLATE NOCASE`)
      .prepare()
  }

  pasos(escribir: boolean): Steps<Importado> {
    return filaPorFila(this.#importacion, escribir, (fila, escribirla) => {
      const hecha = this.#fila(fila, escribirla)
      return hecha === 'erronea' ? hecha : { fila: fila.fila, ...hecha }
    })
  }

  #fila(fila: FilaSurtido, escribir: boolean): Hecha {
    const actual = this.#bySku.get({ sku: fila.sku }) ?? null
    const decision = decidirFila(actual, fila)
    if (decision.accion === 'falta') {
      const { columna } = decision
      return this.#erronea(fila, columna, `es obligatorio para un producto nuevo`)
    }
    if (decision.accion === 'igual') {
      const { sku = fila.sku, nombre = '' } = actual ?? {}
      return { sku, nombre, accion: 'igual', campos: [] }
    }
    const { imagenUrl } = decision.accion === 'crear' ? decision.datos : decision.cambios
    if (faltaImagen(this.#db, imagenUrl)) {
      return this.#erronea(fila, 'imagenUrl', 'nombra una imagen que no está; súbela primero')
    }
    if (decision.accion === 'crear') {
      if (escribir) {
        insertar(this.#db, this.#importacion.newId(), decision.datos, this.#importacion)
      }
      const { sku, nombre } = decision.datos
      return { sku, nombre, accion: 'crear', campos: Object.keys(fila.cambios) }
    }
    return this.#actualizada(actual, decision.cambios, escribir)
  }

  #actualizada(actual: Fila | null, cambios: Partial<Fila>, escribir: boolean): Hecha {
    if (!actual) throw new Error('an update without the product that it is of')
    if (escribir) {
      const edicion = { ...this.#importacion, id: actual.id, cambios, admite: () => true }
      cambiar(this.#db, actual, edicion)
    }
    const { sku, nombre } = { ...actual, ...cambios }
    return { sku, nombre, accion: 'actualizar', campos: Object.keys(cambios) }
  }

  #erronea({ fila }: FilaSurtido, columna: string, mensaje: string): 'erronea' {
    this.#importacion.errores.anotar(fila, columna, mensaje)
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
        sql`${productos.sku} COLLATE NOCASE IN (SELECT value FROM json_each(${sql.placeholder('skus')}))`,
      )
      .prepare()
  }

  async porSkus(skus: readonly string[]): Promise<Producto[]> {
    const filas = this.#bySkus.all({ skus: JSON.stringify(skus) })
    const byClave = new Map(filas.map((fila) => [claveSku(fila.sku), fila]))
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
    return await inTurns(new Importador(this.#storage.db, importacion).pasos(false))
  }

  async importar(importacion: Importacion): Promise<Importado> {
    const write = this.#storage.writeInSteps((db) => new Importador(db, importacion).pasos(true))
    return await siSeDeshace(write, resumenVacio)
  }
}
