import type { Pedido } from '@encargo/client'
import { useLengua } from '../../textos/idioma.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { useTextosPedidos } from '../textos/pedidos.ts'

const horaMs = 60 * 60 * 1000
const diaMs = 24 * horaMs

/** How urgent it is to do something about an order that cancels itself in so many milliseconds. */
export function urgencia(quedaMs: number): Tone {
  if (quedaMs < 4 * horaMs) return 'bad'
  return quedaMs < diaMs ? 'warning' : 'neutral'
}

/** `in 3 hours`, as the reader writes it. */
export function cuantoQueda(region: string, quedaMs: number): string {
  const formato = new Intl.RelativeTimeFormat(region)
  if (quedaMs < horaMs) return formato.format(Math.max(0, Math.floor(quedaMs / 60_000)), 'minute')
  if (quedaMs < 2 * diaMs) return formato.format(Math.floor(quedaMs / horaMs), 'hour')
  return formato.format(Math.floor(quedaMs / diaMs), 'day')
}

/** When an order that waits cancels itself, loudly if that is soon. */
export function Plazo({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextosPedidos()
  const { region } = useLengua()
  if (pedido.estado !== 'Pendiente' || pedido.expiraEn === null) return null
  const quedaMs = Date.parse(pedido.expiraEn) - Date.now()
  return <Badge tone={urgencia(quedaMs)}>{t.quedan(cuantoQueda(region, quedaMs))}</Badge>
}
