import { keepCurrency } from '@encargo/service-kit/run/same-currency'
import { type Engine, statement } from '@encargo/storage'

const moneda = {
  leer: statement<{ valor: string }, []>(`SELECT valor FROM marcas WHERE nombre = 'moneda'`),
  alguno: statement<{ n: number }, []>(
    'SELECT 1 AS n FROM metodos_pago UNION ALL SELECT 1 FROM cobros LIMIT 1',
  ),
  fijar: statement<never, [valor: string]>(
    `INSERT INTO marcas (nombre, valor) VALUES ('moneda', ?1)
     ON CONFLICT (nombre) DO UPDATE SET valor = excluded.valor`,
  ),
}

/**
 * The first method or charge decides the currency of all amounts. `file` names the database to people.
 * @throws StartError when they are in another one
 */
export const fijarMoneda = (engine: Engine, file: string, dada: string) =>
  keepCurrency(engine, file, dada, moneda)
