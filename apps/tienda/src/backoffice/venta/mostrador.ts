import type { NuevoPedido } from '@encargo/client'
import type { Cesta } from '../../cesta/cesta.ts'
import { lineasDe } from '../../pages/compra/comprar.ts'

// What a sale at the counter is: plain functions.

/** `3* café`: how many of what is looked for. */
export function leerCantidad(escrito: string): { readonly cantidad: number; readonly q: string } {
  const [, cantidad, q] = /^\s*([1-9]\d{0,3})\s*\*\s*(.*)$/s.exec(escrito) ?? []
  return cantidad === undefined
    ? { cantidad: 1, q: escrito }
    : { cantidad: Number(cantidad), q: q ?? '' }
}

interface Persona {
  readonly nombre: string
  readonly email: string
  readonly telefono: string
  readonly cedula: string
}

/** What somebody who was looked for and not found is asked for again: not what was typed already. */
export function parecido(buscado: string): Partial<Persona> {
  const escrito = buscado.trim()
  if (escrito.includes('@')) return { email: escrito }
  if (!/\d/.test(escrito)) return escrito === '' ? {} : { nombre: escrito }
  return /^[+0][\d\s()-]*$/.test(escrito) ? { telefono: escrito } : { cedula: escrito }
}

interface Conocido {
  readonly nombre: string | null
  readonly email: string | null
  readonly telefono: string | null
}

/** Whom to write to about a sale: a customer who gave an address gets it by mail as well. */
export function contactoDe({ nombre, email, telefono }: Conocido): NuevoPedido['contacto'] {
  if (nombre === null) return undefined
  return {
    nombre,
    ...(email === null ? {} : { email }),
    ...(telefono === null ? {} : { telefono }),
  }
}

export interface Trato {
  /** Undefined: somebody who gives no name. */
  readonly clienteId: string | undefined
  readonly contacto: NuevoPedido['contacto']
  readonly notas: string
  readonly cupon: string
  readonly facturacion: NuevoPedido['facturacion']
  /** The code of how it is paid; undefined where nobody writes that down. */
  readonly metodoPago: string | undefined
  /** What it comes to, as far as that was said of exactly this. */
  readonly totalEsperado: number | undefined
}

/** What is asked of the shop to sell these now, here. */
export function ventaDe(cuenta: Cesta, trato: Trato): NuevoPedido {
  const { clienteId, contacto, notas, cupon, facturacion, metodoPago, totalEsperado } = trato
  return {
    lineas: lineasDe(cuenta),
    completar: true,
    canal: 'mostrador',
    ...(clienteId === undefined ? {} : { clienteId }),
    ...(contacto === undefined ? {} : { contacto }),
    ...(notas === '' ? {} : { notas }),
    ...(cupon === '' ? {} : { cupon }),
    ...(facturacion === undefined ? {} : { facturacion }),
    ...(metodoPago === undefined ? {} : { pago: { metodo: metodoPago } }),
    ...(totalEsperado === undefined ? {} : { totalEsperado }),
  }
}

/** What is given back of cash, or is missing of it; in minor units. */
export const vueltoDe = (recibido: number, total: number) =>
  recibido < total
    ? ({ tipo: 'falta', importe: total - recibido } as const)
    : ({ tipo: 'vuelto', importe: recibido - total } as const)
