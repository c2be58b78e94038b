import type { MetodoEnvio, MetodoPago } from '@encargo/client'
import { useQueryClient } from '@tanstack/react-query'
import { type Formas, opcionesMetodosPago, useFormasDePago } from '../pago/metodos.ts'
import type { Borrador } from './borrador.ts'
import { type Comprador, direccionDe, entregaDe } from './trato.ts'

export interface PagoElegido {
  readonly formas: Formas
  /** What was chosen of it, the first one as long as nothing was. */
  readonly metodo: MetodoPago | undefined
  /** Whether it is still offered, as far as the shop can tell now. */
  readonly vigente: () => Promise<boolean>
  /** What was said is no longer so. */
  readonly olvidar: () => void
}

/** Nothing is asked anew that was answered so lately, in milliseconds. */
const recienteMs = 3_000

/** How the shopper pays what comes to so much. */
export function usePagoElegido(
  datos: Borrador,
  total: number,
  { comprador, metodos }: { comprador: Comprador; metodos: readonly MetodoEnvio[] },
): PagoElegido {
  const consultas = useQueryClient()
  const aDomicilio = entregaDe(datos, metodos) === 'domicilio'
  const pais = (aDomicilio && direccionDe(datos, comprador).pais) || undefined
  const ocasion = { total, pais }
  const formas = useFormasDePago(ocasion, total > 0)
  const metodo =
    formas.metodos.find(({ codigo }) => codigo === datos.metodoPago) ?? formas.metodos[0]
  return {
    formas,
    metodo: total > 0 ? metodo : undefined,
    async vigente() {
      if (!metodo) return true
      // Once it is ordered with one, an order that can't ask for it waits until it can.
      const opciones = { ...opcionesMetodosPago(ocasion), staleTime: recienteMs, retry: false }
      const ahora = await consultas.fetchQuery(opciones).catch(() => [])
      return ahora.some(({ codigo }) => codigo === metodo.codigo)
    },
    olvidar: () => void consultas.invalidateQueries({ queryKey: ['metodos-pago'] }),
  }
}
