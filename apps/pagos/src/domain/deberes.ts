import type { IdProveedor } from './cobro.ts'

// What is owed, by its kind. What a provider has to do is of a kind of its own for each, so that one that is
// away holds up nobody else.

/** A charge is to be announced to pedidos and opened at its provider. */
export const abrir = 'abrir'
/** pedidos is to be told what it does not know of a charge. */
export const contar = 'contar'

const deProveedor = (que: string) => (proveedor: IdProveedor) => `${que}-${proveedor}`

/** A charge is to take no more money. */
export const cerrar = deProveedor('cerrar')
/** Money that is held is to be taken. */
export const capturar = deProveedor('capturar')
export const reembolsar = deProveedor('reembolsar')
/** A notice is to be looked into. */
export const aviso = deProveedor('aviso')
/** A charge is to be asked for, though nobody gave notice. */
export const consultar = deProveedor('consultar')
