import type { Pedido } from '@encargo/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { cliente, pedir, problemaDe } from '../../api.ts'
import { opcionesPedido } from '../../datos/pedidos.ts'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { useTextosTrato } from '../textos/trato.ts'

/** Since when it waits for whoever fetches it. */
const listoDesde = ({ historial }: Pedido) =>
  historial.find(({ tipo }) => tipo === 'envio.preparado')?.en

/** That an order which is fetched is ready, or the press that says so: its customer hears of it. */
export function Listo({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextosTrato()
  const { yaTermino } = useTextosPedidos()
  const textos = useTextos()
  const { fechaYHora } = useFormato()
  const consultas = useQueryClient()
  const { id, estado, metodoEnvio } = pedido
  const preparar = useMutation({
    mutationFn: () => pedir(cliente().pedidos.pedidos({ id }).preparado.post()),
    onSuccess(hecho) {
      consultas.setQueryData(opcionesPedido(id).queryKey, hecho)
      toast(t.listoHecho)
    },
    onError(error) {
      const ajeno = problemaDe(error)?.codigo === 'transicion-invalida'
      toast(ajeno ? yaTermino : textoDeFallo(textos, error), { tone: 'bad' })
    },
    onSettled: () => consultas.invalidateQueries({ queryKey: ['pedidos'] }),
  })
  if (estado !== 'Pendiente' || metodoEnvio?.tipo !== 'retiro') return null
  const desde = listoDesde(pedido)
  if (desde !== undefined) return <Badge tone="good">{t.listo(fechaYHora(desde))}</Badge>
  return (
    <Button
      look="secondary"
      className="self-start print:hidden"
      busy={preparar.isPending}
      onClick={() => preparar.mutate()}
    >
      {t.ponerListo}
    </Button>
  )
}
