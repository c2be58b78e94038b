import type { Pedido } from '@encargo/client'
import { useQuery } from '@tanstack/react-query'
import { useTextos } from '../../textos/idioma.ts'
import { Panel } from '../../ui/panel.tsx'
import { opcionesMetodos } from '../compra/cotizacion.ts'

/** How an order that waits gets to its customer, in the words of the shop; nothing if that was not agreed. */
export function ComoLlega({ metodo }: { readonly metodo: Pedido['metodoEnvio'] }) {
  const t = useTextos()
  const { data } = useQuery({ ...opcionesMetodos(), enabled: metodo !== null })
  if (metodo === null) return null
  const { codigo, nombre, plazoDias } = metodo
  const instrucciones = data?.find((uno) => uno.codigo === codigo)?.instrucciones
  return (
    <Panel title={t.compra.entrega}>
      <p>{plazoDias === null ? nombre : `${nombre}, ${t.compra.plazo(plazoDias)}`}</p>
      {instrucciones && <p className="text-suave whitespace-pre-line">{instrucciones}</p>}
    </Panel>
  )
}
