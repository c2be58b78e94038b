import { sameCurrency } from '@encargo/service-kit/run/same-currency'
import type { ProductosStorage } from './open.ts'

const clave = 'moneda'

/**
 * The first price decides the currency of all of them. A database that does not know its own yet, from
 * before this was kept, has been read in the currency that is set now.
 * @throws StartError when the prices are in another one
 */
export async function fijarMoneda(storage: ProductosStorage, moneda: string): Promise<void> {
  const { client } = storage
  const leer = client.prepare<{ valor: string }, [string]>(
    'SELECT valor FROM ajustes WHERE nombre = ?',
  )
  const fijada = leer.get(clave)?.valor
  if (fijada === moneda) return
  const hayPrecios = client.query('SELECT 1 FROM productos LIMIT 1').get() !== null
  if (fijada !== undefined && hayPrecios) sameCurrency(client.filename, fijada, moneda)
  await storage.write(() => {
    client.run('INSERT OR REPLACE INTO ajustes (nombre, valor) VALUES (?, ?)', [clave, moneda])
  })
}
