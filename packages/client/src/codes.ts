import type { RetryableByCode } from './contract.ts'

/**
 * The codes of refusal that this version knows, and whether trying again can help. The type keeps
 * it equal to the services' registry: a code more or less there does not compile here.
 */
export const retryableByCode: RetryableByCode = {
  'json-invalido': false,
  'peticion-invalida': false,
  'scope-invalido': false,
  'peticion-token-invalida': false,
  'no-autenticado': false,
  'credenciales-invalidas': false,
  'token-invalido': false,
  'token-reutilizado': false,
  prohibido: false,
  'cliente-inactivo': false,
  'no-encontrado': false,
  'metodo-no-permitido': false,
  'peticion-lenta': true,
  'email-en-uso': false,
  'cedula-en-uso': false,
  'ultimo-admin': false,
  'sku-en-uso': false,
  'inventario-existente': false,
  'stock-insuficiente': false,
  'existencia-fuera-de-limite': false,
  'reserva-distinta': false,
  'reserva-cerrada': false,
  'cantidad-excedida': false,
  'devolucion-distinta': false,
  'instalacion-distinta': false,
  'precio-cambiado': false,
  'total-cambiado': false,
  'cupon-agotado': false,
  'codigo-en-uso': false,
  'demasiados-pedidos-abiertos': true,
  'transicion-invalida': false,
  'idempotencia-en-curso': true,
  'version-distinta': false,
  'cuerpo-demasiado-grande': false,
  'tipo-no-admitido': false,
  'datos-invalidos': false,
  'producto-inexistente': false,
  'cupon-invalido': false,
  'envio-no-disponible': false,
  'cliente-inexistente': false,
  'identificacion-invalida': false,
  'idempotencia-distinta': false,
  'importacion-invalida': false,
  'demasiadas-peticiones': true,
  'demasiados-pedidos': true,
  'error-interno': false,
  'servicio-no-disponible': true,
  'almacenamiento-no-disponible': true,
}

export const isKnown = (codigo: string): codigo is keyof RetryableByCode =>
  Object.hasOwn(retryableByCode, codigo)
