import { type Script, statement } from '@encargo/storage'

// Where work in the background has come to, and what else a database knows of itself, by name.

export const leerMarca = statement<{ readonly valor: string }, [nombre: string]>(
  'SELECT valor FROM marcas WHERE nombre = ?1',
)
export const ponerMarca = statement<never, [nombre: string, valor: string]>(
  `INSERT INTO marcas (nombre, valor) VALUES (?1, ?2)
   ON CONFLICT (nombre) DO UPDATE SET valor = excluded.valor`,
)
export const quitarMarca = statement<never, [nombre: string]>(
  'DELETE FROM marcas WHERE nombre = ?1',
)

/** A mark that is a number; undefined where there is none. */
export function* numeroEnMarca(nombre: string): Script<number | undefined> {
  const fila = yield* leerMarca.get(nombre)
  return fila && Number(fila.valor)
}
