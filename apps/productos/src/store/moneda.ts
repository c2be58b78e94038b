import { sameCurrency } from '@encargo/service-kit/run/same-currency'
import { type Engine, type Script, statement, together } from '@encargo/storage'

const clave = 'moneda'

const leer = statement<{ valor: string }, [nombre: string]>(
  'SELECT valor FROM ajustes WHERE nombre = ?1',
)
const algunPrecio = statement<{ n: number }, []>('SELECT n FROM productos LIMIT 1')
const fijar = statement<never, [nombre: string, valor: string]>(
  `INSERT INTO ajustes (nombre, valor) VALUES (?1, ?2)
   ON CONFLICT (nombre) DO UPDATE SET valor = excluded.valor`,
)

/**
 * The first price decides the currency of all of them. A database that does not know its own yet, from
 * before this was kept, has been read in the currency that is set now. `file` names it to people.
 * @throws StartError when the prices are in another one
 */
export async function fijarMoneda(engine: Engine, file: string, moneda: string): Promise<void> {
  const fijada = (await engine.ask(leer.get(clave)))?.valor
  if (fijada !== moneda) await engine.write(() => fijarla(file, moneda))
}

/** Looks again: of several that start together, each in its currency, one was first. */
function* fijarla(file: string, moneda: string): Script<void> {
  const [fijada, hayPrecios] = yield* together(leer.get(clave), algunPrecio.get())
  if (fijada && hayPrecios) sameCurrency(file, fijada.valor, moneda)
  yield* fijar.run(clave, moneda)
}
