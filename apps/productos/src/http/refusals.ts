import { fieldProblem } from '@encargo/service-kit/http/schemas'

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
export const imagenInexistente = () =>
  fieldProblem('imagenUrl', 'nombra una imagen que no existe; súbela antes', 'imagen-inexistente')
