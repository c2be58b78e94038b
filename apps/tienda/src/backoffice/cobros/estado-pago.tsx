import type { Pedido } from '@encargo/client'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { useTextosPago } from './textos.ts'

const tonos: Record<Pedido['pago']['estado'], Tone> = {
  'sin-cobro': 'neutral',
  pendiente: 'warning',
  'en-proceso': 'warning',
  autorizado: 'warning',
  parcial: 'warning',
  pagado: 'good',
  excedido: 'bad',
  reembolsado: 'neutral',
  'en-disputa': 'bad',
}

/** How far the payment of an order has come, in words. */
export function EstadoPago({ pago: { estado } }: Pick<Pedido, 'pago'>) {
  const t = useTextosPago()
  return <Badge tone={tonos[estado]}>{t.estados[estado]}</Badge>
}
