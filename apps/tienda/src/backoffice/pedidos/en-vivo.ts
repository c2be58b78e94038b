import { useQueryClient } from '@tanstack/react-query'
import type { EventoSeguido, FollowState } from '@encargo/client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { usePedidosEnVivo } from '../../datos/en-vivo.ts'
import { aplicarEvento } from '../datos/pedidos.ts'

/** How long what just changed stands out, in milliseconds. */
const recienteMs = 4_000

export interface TableroEnVivo {
  readonly estado: FollowState
  /** The ids of the orders that changed a moment ago. */
  readonly recientes: ReadonlySet<string>
  readonly ultimo: EventoSeguido | undefined
}

/** Shows each change at once, and which ones just came. */
export function useTableroEnVivo(): TableroEnVivo {
  const consultas = useQueryClient()
  const [recientes, setRecientes] = useState<ReadonlySet<string>>(new Set())
  const [ultimo, setUltimo] = useState<EventoSeguido>()
  const relojes = useRef(new Map<string, ReturnType<typeof setTimeout>>())
  const alCambiar = useCallback(
    (evento: EventoSeguido) => {
      const { pedidoId } = evento
      aplicarEvento(consultas, evento)
      setUltimo(evento)
      setRecientes((antes) => new Set([...antes, pedidoId]))
      clearTimeout(relojes.current.get(pedidoId))
      const olvidar = () => {
        relojes.current.delete(pedidoId)
        setRecientes((antes) => new Set([...antes].filter((id) => id !== pedidoId)))
      }
      relojes.current.set(pedidoId, setTimeout(olvidar, recienteMs))
    },
    [consultas],
  )
  useEffect(() => {
    const { current } = relojes
    return () => {
      for (const reloj of current.values()) clearTimeout(reloj)
    }
  }, [])
  return { estado: usePedidosEnVivo(alCambiar), recientes, ultimo }
}
