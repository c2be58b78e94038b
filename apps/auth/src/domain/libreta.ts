/** How many places somebody can keep. */
export const direccionesMaximas = 20
/** How many names somebody can have invoices made out to. */
export const facturacionesMaximas = 5

/** Where something is sent; `referencia` is what a courier finds it by. */
export interface Direccion {
  readonly alias?: string
  readonly nombre: string
  readonly calle: string
  readonly referencia?: string
  readonly ciudad: string
  readonly provincia?: string
  readonly codigoPostal?: string
  readonly pais: string
  readonly telefono?: string
}

export interface DireccionGuardada extends Direccion {
  readonly id: string
  /** Of all that somebody has, one is. */
  readonly predeterminada: boolean
}

/** What is absent stays, null takes away. */
export type CambiosDireccion = { readonly [campo in keyof Direccion]?: Direccion[campo] | null }

/** Its fields in one order, so that two of the same content are the same text. */
export function direccionDe(
  datos: CambiosDireccion & Pick<Direccion, 'nombre' | 'calle' | 'ciudad' | 'pais'>,
) {
  const { alias, nombre, calle, referencia, ciudad, provincia, codigoPostal, pais, telefono } =
    datos
  return {
    ...(alias ? { alias } : {}),
    nombre,
    calle,
    ...(referencia ? { referencia } : {}),
    ciudad,
    ...(provincia ? { provincia } : {}),
    ...(codigoPostal ? { codigoPostal } : {}),
    pais,
    ...(telefono ? { telefono } : {}),
  } satisfies Direccion
}
