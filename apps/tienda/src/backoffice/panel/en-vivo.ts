import { useQueryClient } from '@tanstack/react-query'
import type { FollowState } from '@encargo/client'
import { useCallback, useEffect, useRef } from 'react'
import { opcionesBajoMinimo, opcionesResumenExistencias } from '../datos/bajo-minimo.ts'
import { usePedidosEnVivo } from '../../datos/en-vivo.ts'

/** However many orders change, the sums are asked for once in this time, in milliseconds. */
const pausaMs = 2_000

/** Adds up anew soon after an order changed. */
export function usePanelEnVivo(): FollowState {
  const consultas = useQueryClient()
  const reloj = useRef<ReturnType<typeof setTimeout>>(undefined)
  const alCambiar = useCallback(() => {
    reloj.current ??= setTimeout(() => {
      reloj.current = undefined
      void consultas.invalidateQueries({ queryKey: ['resumen'] })
      void consultas.invalidateQueries({ queryKey: opcionesBajoMinimo().queryKey })
      void consultas.invalidateQueries({ queryKey: opcionesResumenExistencias().queryKey })
    }, pausaMs)
  }, [consultas])
  useEffect(() => () => clearTimeout(reloj.current), [])
  return usePedidosEnVivo(alCambiar)
}
