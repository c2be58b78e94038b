import { compactar, palabrasPlegadas, plegar, raiz } from '@encargo/service-kit/values/search-words'
import { claveSku } from '@encargo/service-kit/values/sku'
import type { Value } from '@encargo/storage'
import { claveOrden } from '../domain/clave-orden.ts'
import type { Cambios } from '../domain/producto.ts'

/** Counts the versions of the rules below; rows of an older one are derived anew when the store opens. */
export const reglasActuales = 1

const raices = (text: string) => palabrasPlegadas(text).map(raiz).join(' ')

/** What follows from each text of a product: what it is told apart, sorted, filed and found by. */
export const derivadas = {
  sku: (sku: string) => ({ sku_clave: claveSku(sku), sku_compacto: compactar(sku) }),
  nombre: (nombre: string) => ({
    nombre_plegado: claveOrden(nombre),
    nombre_raices: raices(nombre),
  }),
  descripcion: (descripcion: string) => ({ descripcion_raices: raices(descripcion) }),
  categoria: (categoria: string | null) => ({
    categoria_plegada: categoria === null ? null : plegar(categoria),
  }),
} as const

/** The columns that hold these fields and what follows from them, with their values. */
export function columnasDe({ imagenUrl, atributos, activo, ...directos }: Cambios) {
  const { sku, nombre, descripcion, categoria } = directos
  const columnas: Record<string, Value | undefined> = {
    ...directos,
    imagen_url: imagenUrl,
    atributos: atributos && JSON.stringify(atributos),
    activo: activo === undefined ? activo : Number(activo),
    ...(sku === undefined ? {} : derivadas.sku(sku)),
    ...(nombre === undefined ? {} : derivadas.nombre(nombre)),
    ...(descripcion === undefined ? {} : derivadas.descripcion(descripcion)),
    ...(categoria === undefined ? {} : derivadas.categoria(categoria)),
  }
  return Object.entries(columnas).filter((par): par is [string, Value] => par[1] !== undefined)
}
