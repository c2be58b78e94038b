import { textoLimpio } from '@encargo/service-kit/values/identity-key'
import type { Cambios } from '../domain/producto.ts'

const textos = ['sku', 'nombre', 'descripcion', 'categoria'] as const

/** A product's texts as they are kept, and nothing that UTF-8 cannot carry. */
export function limpios<T extends Cambios>(datos: T): T {
  const pares = textos.flatMap((campo) => {
    const valor = datos[campo]
    return typeof valor === 'string' ? [[campo, textoLimpio(valor).toWellFormed()]] : []
  })
  return { ...datos, ...Object.fromEntries(pares) }
}
