import type { Facturacion } from '@encargo/service-kit/values/identificacion'
import { statement } from '@encargo/storage'
import type { Condiciones, Contacto, EnvioElegido, Gravamen } from '../domain/condiciones.ts'
import type { Linea } from '../domain/pedido.ts'
import type { pedidoCondiciones } from './sqlite/tables.ts'

// What is agreed of an order beyond its lines, as it is kept.

type Json = 'contacto' | 'facturacion' | 'metodoEnvio'
/** A row as `columnasCondiciones` reads it. */
export type FilaCondiciones = Omit<typeof pedidoCondiciones.$inferSelect, Json> & {
  readonly [campo in Json]: string | null
}

export const columnasCondiciones = `numero, contacto, facturacion, metodo_envio AS "metodoEnvio",
  envio_importe AS "envioImporte", envio_clase AS "envioClase", envio_tasa AS "envioTasa",
  envio_por_dentro AS "envioPorDentro", envio_impuesto AS "envioImpuesto", cupon, descuento, idioma, canal,
  invitado`

const anotarCondiciones = statement<
  never,
  [
    numero: number,
    contacto: string | null,
    facturacion: string | null,
    metodoEnvio: string | null,
    envioImporte: number,
    envioClase: string,
    envioTasa: number,
    envioPorDentro: number,
    envioImpuesto: number,
    cupon: string | null,
    descuento: number,
    idioma: string | null,
    canal: string | null,
    invitado: number,
  ]
>(
  `INSERT INTO pedido_condiciones (numero, contacto, facturacion, metodo_envio, envio_importe, envio_clase,
     envio_tasa, envio_por_dentro, envio_impuesto, cupon, descuento, idioma, canal, invitado)
   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)`,
)

const oNull = (valor: object | null) => valor && JSON.stringify(valor)

/** A row of what is agreed, but for its number. */
export const filaDeCondiciones = (condiciones: Condiciones) => {
  const { contacto, facturacion, metodoEnvio, envioGravamen, envioImporte, envioImpuesto } =
    condiciones
  const { cupon, descuento, idioma, canal, invitado } = condiciones
  return {
    contacto: oNull(contacto),
    facturacion: oNull(facturacion),
    metodoEnvio: oNull(metodoEnvio),
    envioImporte,
    envioClase: envioGravamen.clase,
    envioTasa: envioGravamen.tasa,
    envioPorDentro: envioGravamen.porDentro ? 1 : 0,
    envioImpuesto,
    cupon,
    descuento,
    idioma,
    canal,
    invitado: invitado ? 1 : 0,
  }
}

export function condicionesNuevas(numero: number, condiciones: Condiciones) {
  const fila = filaDeCondiciones(condiciones)
  return anotarCondiciones.run(
    numero,
    fila.contacto,
    fila.facturacion,
    fila.metodoEnvio,
    fila.envioImporte,
    fila.envioClase,
    fila.envioTasa,
    fila.envioPorDentro,
    fila.envioImpuesto,
    fila.cupon,
    fila.descuento,
    fila.idioma,
    fila.canal,
    fila.invitado,
  )
}

export function aCondiciones(fila: FilaCondiciones | undefined): Condiciones | null {
  if (!fila) return null
  const { contacto, facturacion, metodoEnvio } = fila
  return {
    // Written above, from what they are read as.
    contacto: contacto === null ? null : (JSON.parse(contacto) as Contacto),
    facturacion: facturacion === null ? null : (JSON.parse(facturacion) as Facturacion),
    metodoEnvio: metodoEnvio === null ? null : (JSON.parse(metodoEnvio) as EnvioElegido),
    envioImporte: fila.envioImporte,
    envioGravamen: aGravamen(fila.envioClase, fila.envioTasa, fila.envioPorDentro),
    envioImpuesto: fila.envioImpuesto,
    cupon: fila.cupon,
    descuento: fila.descuento,
    idioma: fila.idioma,
    canal: fila.canal,
    invitado: fila.invitado === 1,
  }
}

const aGravamen = (clase: string, tasa: number, porDentro: number): Gravamen => ({
  clase,
  tasa,
  porDentro: porDentro === 1,
})

/** A line as it is kept: what its amount is made of is null where there is nothing to say. */
export interface FilaLinea extends Omit<Linea, 'cuenta'> {
  readonly descuento: number | null
  readonly claseImpuesto: string | null
  readonly tasa: number | null
  readonly porDentro: number | null
  readonly impuesto: number | null
}

export const columnasLinea = `producto_id AS "productoId", sku, nombre, cantidad,
  precio_unitario AS "precioUnitario", descuento, clase_impuesto AS "claseImpuesto", tasa,
  por_dentro AS "porDentro", impuesto`

export function aLinea({
  descuento,
  claseImpuesto,
  tasa,
  porDentro,
  impuesto,
  ...linea
}: FilaLinea): Linea {
  // All of them or none.
  if (claseImpuesto === null) return linea
  const gravamen = aGravamen(claseImpuesto, tasa ?? 0, porDentro ?? 0)
  return { ...linea, cuenta: { descuento: descuento ?? 0, gravamen, impuesto: impuesto ?? 0 } }
}

const anotarSimple = statement<never, DeLinea>(
  `INSERT INTO pedido_lineas (numero, posicion, producto_id, sku, nombre, cantidad, precio_unitario)
   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
)
const anotarCuenta = statement<
  never,
  [...DeLinea, descuento: number, clase: string, tasa: number, porDentro: number, impuesto: number]
>(
  `INSERT INTO pedido_lineas (numero, posicion, producto_id, sku, nombre, cantidad, precio_unitario,
     descuento, clase_impuesto, tasa, por_dentro, impuesto)
   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)`,
)
type DeLinea = [
  numero: number,
  posicion: number,
  productoId: string,
  sku: string,
  nombre: string,
  cantidad: number,
  precioUnitario: number,
]

/** A line of a new order; of one without anything more to say no more is written. */
export function lineaNueva(numero: number, posicion: number, linea: Linea) {
  const { productoId, sku, nombre, cantidad, precioUnitario, cuenta } = linea
  if (!cuenta) {
    return anotarSimple.run(numero, posicion, productoId, sku, nombre, cantidad, precioUnitario)
  }
  const { descuento, gravamen, impuesto } = cuenta
  return anotarCuenta.run(
    numero,
    posicion,
    productoId,
    sku,
    nombre,
    cantidad,
    precioUnitario,
    descuento,
    gravamen.clase,
    gravamen.tasa,
    gravamen.porDentro ? 1 : 0,
    impuesto,
  )
}

/** Of an order, as it is called, whether somebody without an account made it. */
export const deInvitado = (como: string) =>
  `EXISTS (SELECT 1 FROM pedido_condiciones c WHERE c.numero = ${como}.numero AND c.invitado = 1)`

export const sentencias = { anotarCondiciones, anotarSimple, anotarCuenta }
