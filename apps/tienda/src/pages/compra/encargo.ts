import type { Invitado, NuevoPedido } from '@encargo/client'
import { problemaDe } from '../../api.ts'
import type { Cesta } from '../../cesta/cesta.ts'
import { perTab } from '../../ui/browser-storage.ts'
import type { Borrador } from './borrador.ts'
import { pedirCompra, type Resultado } from './comprar.ts'

/** What is sent, and by whom, if without an account. */
export interface Encargo {
  readonly pedido: NuevoPedido
  readonly invitado?: Invitado
}

interface Guardado {
  readonly huella: string
  readonly encargo: Encargo
}

const clave = 'encargo:encargo'

/**
 * The same for the same basket and the same words in the form, in whatever order they were said. How it
 * is paid makes no other order of it: that is chosen anew once it is there.
 */
export function huellaDe(cesta: Cesta, datos: Borrador): string {
  const dichos = Object.entries(datos).filter(([campo]) => campo !== 'metodoPago')
  return JSON.stringify([cesta, dichos.toSorted(([a], [b]) => (a < b ? -1 : 1))])
}

function leer(): Guardado | undefined {
  try {
    const guardado: Guardado | null = JSON.parse(perTab.read(clave) ?? 'null')
    return guardado ?? undefined
  } catch {
    return undefined
  }
}

/**
 * The very order that was sent before, as long as nobody knows whether it arrived and the shopper has
 * changed nothing; else `nuevo`. A quote may say something else by now, say of the coupon that this very
 * order has used up: what it says would be another order, and the first one may be there.
 */
export function encargoDe(huella: string, nuevo: Encargo): Encargo {
  const guardado = leer()
  const encargo = guardado?.huella === huella ? guardado.encargo : nuevo
  perTab.write(clave, JSON.stringify({ huella, encargo }))
  return encargo
}

const olvidar = () => perTab.write(clave, null)

/**
 * Sends it, and keeps it only as long as it is open what came of it.
 * @throws FalloApi for a refusal that neither waiting nor the basket can mend
 */
export async function enviarEncargo(cesta: Cesta, encargo: Encargo): Promise<Resultado> {
  const { pedido, invitado } = encargo
  try {
    const resultado = await pedirCompra(cesta, pedido, 'cesta', invitado)
    if (resultado.tipo !== 'incierto') olvidar()
    return resultado
  } catch (error) {
    // Whoever signs in again goes on with it; a guest was told that the next one is another.
    if (invitado || problemaDe(error)?.codigo !== 'no-autenticado') olvidar()
    throw error
  }
}
