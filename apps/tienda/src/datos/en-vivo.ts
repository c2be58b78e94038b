import { useQueryClient } from '@tanstack/react-query'
import type { EventoSeguido, FollowState } from '@encargo/client'
import { useEffect, useState } from 'react'
import { cliente } from '../api.ts'
import { alDia, opcionesPedido } from './pedidos.ts'
import { useSesion } from '../sesion/sesion.ts'

/** Without a line, what is shown is asked for this often, in milliseconds. */
const sondeoMs = 20_000

/**
 * Keeps what is shown of orders as it is at the shop, while the component is there: each change makes
 * the queries of orders stale, and so does every 20 s without a line. `alCambiar` hears of each change;
 * it must not change identity.
 */
export function usePedidosEnVivo(alCambiar?: (evento: EventoSeguido) => void): FollowState {
  const consultas = useQueryClient()
  const abierta = useSesion() === 'abierta'
  const [estado, setEstado] = useState<FollowState>('connecting')
  useEffect(() => {
    if (!abierta) return
    const fin = new AbortController()
    let enCurso = false
    let otraVez = false
    // One after the other: a shop with many changes a second would else begin anew for ever.
    const refrescar = async () => {
      otraVez = true
      if (enCurso) return
      enCurso = true
      while (otraVez && !fin.signal.aborted) {
        otraVez = false
        await consultas.invalidateQueries({ queryKey: ['pedidos'] })
      }
      enCurso = false
    }
    let actual: FollowState = 'connecting'
    const onState = (nuevo: FollowState) => {
      actual = nuevo
      setEstado(nuevo)
      // What changed while the line was down was not told.
      if (nuevo === 'open') void refrescar()
    }
    const seguir = async () => {
      for await (const evento of cliente().eventos({ signal: fin.signal, onState })) {
        const { queryKey } = opcionesPedido(evento.pedidoId)
        // Seen at once; what else changed with it, the answer tells.
        consultas.setQueryData(queryKey, (antes) => antes && alDia(antes, evento))
        alCambiar?.(evento)
        void refrescar()
      }
    }
    // It only throws when refused for good; then the page shows what it has, and asks.
    seguir().catch(() => onState('waiting'))
    const sondeo = setInterval(() => {
      if (actual !== 'open' && document.visibilityState === 'visible') void refrescar()
    }, sondeoMs)
    return () => {
      clearInterval(sondeo)
      fin.abort()
    }
  }, [abierta, consultas, alCambiar])
  return estado
}
