import { keepCurrency } from '@encargo/service-kit/run/same-currency'
import { type Engine, statement } from '@encargo/storage'

const moneda = {
  leer: statement<{ valor: string }, []>(`SELECT valor FROM ajustes WHERE nombre = 'moneda'`),
  alguno: statement<{ n: number }, []>('SELECT n FROM productos LIMIT 1'),
  fijar: statement<never, [valor: string]>(
    `INSERT INTO ajustes (nombre, valor) VALUES ('moneda', ?1)
     ON CONFLICT (nombre) DO UPDATE SET valor = excluded.valor`,
  ),
}

/**
 * The first price decides the currency of all of them. `file` names the database to people.
 * @throws StartError when the prices are in another one
 */
export const fijarMoneda = (engine: Engine, file: string, dada: string) =>
  keepCurrency(engine, file, dada, moneda)
