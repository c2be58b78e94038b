import { useQueryClient } from '@tanstack/react-query'
import type { Pedido } from '@encargo/client'
import { problemaDe } from '../../api.ts'
import { opcionesPedido } from '../../datos/pedidos.ts'
import { toast } from '../../ui/toast.tsx'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosPedidos } from '../textos/pedidos.ts'

/** Takes what came of it into what is shown, and says why nothing came of it. */
export function useDesenlace() {
  const t = useTextosGestion(textosPedidos)
  const consultas = useQueryClient()
  const refrescar = () => void consultas.invalidateQueries({ queryKey: ['pedidos'] })
  return {
    anotar(hecho: Pedido, texto: string) {
      consultas.setQueryData(opcionesPedido(hecho.id).queryKey, hecho)
      toast(texto)
      refrescar()
    },
    explicar(error: unknown): string | undefined {
      refrescar()
      const problema = problemaDe(error)
      if (problema?.codigo === 'transicion-invalida') return t.yaTermino
      return problema?.status === 503 ? t.sinTerminar : undefined
    },
  }
}
