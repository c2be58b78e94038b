import { useQueryClient } from '@tanstack/react-query'
import type { EventoSeguido, FollowState } from '@encargo/client'
import { useEffect, useState } from 'react'
import { cliente } from '../api.ts'
import { useSesion } from '../sesion/sesion.ts'

/**
 * Keeps what is shown of orders as it is at the shop, while the component is there: each change
 * makes the queries of orders stale. `alCambiar` hears of each one; it must not change identity.
 */
export function usePedidosEnVivo(alCambiar?: (evento: EventoSeguido) => void): FollowState {
  const consultas = useQueryClient()
  const abierta = useSesion() === 'abierta'
  const [estado, setEstado] = useState<FollowState>('connecting')
  useEffect(() => {
    if (!abierta) return
    const fin = new AbortController()
    const refrescar = () => void consultas.invalidateQueries({ queryKey: ['pedidos'] })
    const onState = (nuevo: FollowState) => {
      setEstado(nuevo)
      // What changed while the line was down was not told.
      if (nuevo === 'open') refrescar()
    }
    const seguir = async () => {
      for await (const evento of cliente().eventos({ signal: fin.signal, onState })) {
        alCambiar?.(evento)
        refrescar()
      }
    }
    // It only throws when refused for good; then the page shows what it has.
    seguir().catch(() => setEstado('waiting'))
    return () => fin.abort()
  }, [abierta, consultas, alCambiar])
  return estado
}
