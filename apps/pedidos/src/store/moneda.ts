import { sameCurrency } from '@encargo/service-kit/run/same-currency'
import type { PedidosStorage } from './sqlite/open.ts'

/**
 * Every order says what it was sold in, so the newest one tells the currency of the shop.
 * @throws StartError when that is another one
 */
export function comprobarMoneda({ client }: PedidosStorage, moneda: string): void {
  const ultimo = client
    .query<{ moneda: string }, []>('SELECT moneda FROM pedidos ORDER BY numero DESC LIMIT 1')
    .get()
  if (ultimo) sameCurrency(client.filename, ultimo.moneda, moneda)
}
