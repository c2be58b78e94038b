import { plegar } from '@encargo/service-kit/values/search-words'
import { claveSku } from '@encargo/service-kit/values/sku'
import type { Value } from '@encargo/storage'
import { claveOrden } from '../domain/clave-orden.ts'
import type { Cambios } from '../domain/producto.ts'
import { palabrasDeProducto, type Textos } from './indice.ts'

/** Counts the versions of the rules below; rows of an older one are derived anew when the store opens. */
export const reglasActuales = 2

/** What follows from the texts of a product: what it is told apart, sorted, filed and found by. */
export const derivadas = {
  sku: (sku: string) => ({ sku_clave: claveSku(sku) }),
  nombre: (nombre: string) => ({ nombre_plegado: claveOrden(nombre) }),
  categoria: (categoria: string | null) => ({
    categoria_plegada: categoria === null ? null : plegar(categoria),
  }),
  textos: (producto: Textos) => ({ palabras: palabrasDeProducto(producto) }),
} as const

/**
 * The columns that hold these fields and what follows from them, with their values.
 * @param producto the texts that it has with them
 */
export function columnasDe(cambios: Cambios, producto: Textos) {
  const { imagenUrl, atributos, activo, claseImpuesto, pesoGramos, ...directos } = cambios
  const { sku, nombre, descripcion, categoria } = directos
  const columnas: Record<string, Value | undefined> = {
    ...directos,
    imagen_url: imagenUrl,
    atributos: atributos && JSON.stringify(atributos),
    activo: activo === undefined ? activo : Number(activo),
    clase_impuesto: claseImpuesto,
    peso_gramos: pesoGramos,
    ...(sku === undefined ? {} : derivadas.sku(sku)),
    ...(nombre === undefined ? {} : derivadas.nombre(nombre)),
    ...(categoria === undefined ? {} : derivadas.categoria(categoria)),
    ...((sku ?? nombre ?? descripcion) === undefined ? {} : derivadas.textos(producto)),
  }
  return Object.entries(columnas).filter((par): par is [string, Value] => par[1] !== undefined)
}
