import { claveSku } from '@encargo/service-kit/values/sku'
import { compactar, palabrasPlegadas, plegar, raiz } from '@encargo/service-kit/values/search-words'
import { claveOrden } from '../domain/clave-orden.ts'
import type { Cambios } from '../domain/producto.ts'

/** Counts the versions of the rules below; rows of an older one are derived anew when the store opens. */
export const reglasActuales = 1

const raices = (text: string) => palabrasPlegadas(text).map(raiz).join(' ')

/** What follows from each text of a product: what it is told apart, sorted, filed and found by. */
const deCada = {
  sku: (sku: string) => ({ skuClave: claveSku(sku), skuCompacto: compactar(sku) }),
  nombre: (nombre: string) => ({
    nombrePlegado: claveOrden(nombre),
    nombreRaices: raices(nombre),
  }),
  descripcion: (descripcion: string) => ({ descripcionRaices: raices(descripcion) }),
  categoria: (categoria: string | null) => ({
    categoriaPlegada: categoria === null ? null : plegar(categoria),
  }),
} as const

/** The columns that follow from these fields; they change with them and only with them. */
export function derivadosDe({ sku, nombre, descripcion, categoria }: Cambios) {
  return {
    ...(sku === undefined ? {} : deCada.sku(sku)),
    ...(nombre === undefined ? {} : deCada.nombre(nombre)),
    ...(descripcion === undefined ? {} : deCada.descripcion(descripcion)),
    ...(categoria === undefined ? {} : deCada.categoria(categoria)),
  }
}

/** The same of a whole product. */
export const derivadosDeAlta = ({
  sku,
  nombre,
  descripcion,
  categoria,
}: Required<Pick<Cambios, 'sku' | 'nombre' | 'descripcion' | 'categoria'>>) => ({
  ...deCada.sku(sku),
  ...deCada.nombre(nombre),
  ...deCada.descripcion(descripcion),
  ...deCada.categoria(categoria),
})
