import { useQueryClient } from '@tanstack/react-query'
import type { Pedido } from '@encargo/client'
import { problemaDe } from '../../api.ts'
import type { Explicacion } from '../../formularios/formulario.ts'
import { opcionesPedido } from '../../datos/pedidos.ts'
import { toast } from '../../ui/toast.tsx'
import { useTextosPedidos } from '../textos/pedidos.ts'

/**
 * What asks before `hacer`: takes what came of it into what is shown and says `dicho`, or says why
 * nothing came of it.
 */
export function useDesenlace() {
  const t = useTextosPedidos()
  const consultas = useQueryClient()
  const refrescar = () => void consultas.invalidateQueries({ queryKey: ['pedidos'] })
  return (dicho: string, hacer: (datos: FormData) => Promise<Pedido>) => ({
    async onConfirm(datos: FormData) {
      const hecho = await hacer(datos)
      consultas.setQueryData(opcionesPedido(hecho.id).queryKey, hecho)
      toast(dicho)
      refrescar()
    },
    explain(error: unknown): Explicacion | undefined {
      refrescar()
      const problema = problemaDe(error)
      if (problema?.codigo === 'transicion-invalida') return { mensaje: t.yaTermino }
      return problema?.status === 503 ? { mensaje: t.sinTerminar } : undefined
    },
  })
}
