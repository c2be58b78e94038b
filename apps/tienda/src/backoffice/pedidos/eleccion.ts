import { useState } from 'react'
import type { Elegido } from './varios.tsx'

export interface Eleccion {
  readonly elegidos: readonly Elegido[]
  readonly tiene: (id: string) => boolean
  readonly elegir: (pedido: Elegido, si: boolean) => void
  readonly dejar: (elegidos: readonly Elegido[]) => void
}

/** Which of the orders that a page shows somebody has chosen; what can't be chosen any more is not. */
export function useEleccion(posibles: readonly Elegido[]): Eleccion {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const elegidos = posibles.filter(({ id }) => ids.has(id))
  return {
    elegidos,
    tiene: (id) => ids.has(id),
    elegir({ id }, si) {
      const otros = elegidos.flatMap((uno) => (uno.id === id ? [] : uno.id))
      setIds(new Set(si ? [...otros, id] : otros))
    },
    dejar: (nuevos) => setIds(new Set(nuevos.map(({ id }) => id))),
  }
}
