import { fieldProblem } from '@encargo/service-kit/http/schemas'
import type { Ausente } from '../ports.ts'

/** Details of refusals that several routes share. */
export const productoInexistente = { detail: 'No hay ningún producto con ese id.' }
export const soloPersonal = {
  detail: 'Los productos archivados solo los ve el personal de la tienda.',
}
export const skuEnUso = { detail: 'Otro producto ya tiene ese SKU. Elige uno distinto.' }
export const versionDistinta = {
  detail: 'El producto cambió desde que lo leíste. Léelo otra vez y repite tu cambio.',
}

/** No schema can know it; a new one for each, as an error belongs to the request that met it. */
const imagenInexistente = () =>
  fieldProblem('imagenUrl', 'nombra una imagen que no existe; súbela antes', 'imagen-inexistente')

const ausencias = {
  'imagen-inexistente': imagenInexistente,
  'impuesto-desconocido': () =>
    fieldProblem(
      'claseImpuesto',
      'nombra un impuesto que no existe; créalo antes en los impuestos de la tienda',
      'impuesto-desconocido',
    ),
}
/** What a product names and is not there. */
export const ausente = ({ tipo }: Ausente) => ausencias[tipo]()
export const esAusente = (hecho: { readonly tipo: string }): hecho is Ausente =>
  hecho.tipo in ausencias
