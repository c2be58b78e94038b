import { useQuery } from '@tanstack/react-query'
import type { Pedido } from '@encargo/client'
import { Notice } from '../../ui/badge.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { opcionesSalidas } from '../datos/salidas.ts'
import { opcionesHistoria } from '../datos/pedidos.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { Panel } from '../../ui/panel.tsx'

/** What the order did to the stock: the reservation as inventario has it now, and what left. */
export function Existencias({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextosPedidos()
  const { data, error } = useQuery(opcionesHistoria(pedido.id))
  if (!data) {
    return (
      <Panel title={t.existencias} className="print:hidden">
        {error ? <p className="text-suave">{t.noSeSabe}</p> : <Skeleton className="h-16" />}
      </Panel>
    )
  }
  const { reserva, inventarioResponde } = data
  const estados: Readonly<Record<string, string>> = t.reserva
  return (
    <Panel title={t.existencias} className="print:hidden">
      {!inventarioResponde && <Notice tone="warning">{t.sinInventario}</Notice>}
      {inventarioResponde && <p>{reserva ? estados[reserva.estado] : t.sinReserva}</p>}
      {reserva && (
        <ul className="divide-linea mt-2 divide-y text-sm">
          {reserva.lineas.map(({ productoId, cantidad }) => (
            <li key={productoId} className="flex items-baseline justify-between gap-3 py-2">
              <span className="min-w-0">
                <span>{nombreDe(pedido, productoId)}</span>
                {reserva.estado === 'confirmada' && (
                  <Salida pedidoId={pedido.id} productoId={productoId} />
                )}
              </span>
              <span className="font-medium cifra">{cantidad}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

const nombreDe = ({ lineas }: Pedido, id: string) =>
  lineas.find(({ productoId }) => productoId === id)?.nombre ?? id

interface SalidaProps {
  readonly pedidoId: string
  readonly productoId: string
}

/** The line that the order left in the product's ledger. */
function Salida({ pedidoId, productoId }: SalidaProps) {
  const t = useTextosPedidos()
  const salida = useQuery(opcionesSalidas(pedidoId)).data?.get(productoId)
  if (!salida) return null
  const { cantidad, fisicoResultante } = salida
  return (
    <span className="text-suave block tabular-nums">
      {t.salida(fisicoResultante - cantidad, fisicoResultante)}
    </span>
  )
}
