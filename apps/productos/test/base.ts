import { onPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import { SQL } from 'bun'

/** Databases of tests that have ended, empty: to make one takes longer than most tests. */
const libres: string[] = []
/** Those in use, by the folder that stands for one where it is a file. */
const deCarpeta = new Map<string, string>()

// The log of what staff changed gives nothing back, but to whoever has its triggers sleep.
const vaciar = `SET session_replication_role = replica;
  TRUNCATE productos.ajustes, productos.auditoria, productos.imagenes, productos.impuestos,
    productos.productos, productos.precios, productos.productos_palabras, productos.__arriendos`

/** What names the database of a service under test, beside its DATA_DIR. */
export async function baseDe(
  carpeta: string,
  cleanUp: (work: () => Promise<void>) => void,
): Promise<{ readonly DATABASE_URL?: string }> {
  if (!onPostgres) return {}
  const suya = deCarpeta.get(carpeta)
  if (suya !== undefined) return { DATABASE_URL: suya }
  const url = libres.pop() ?? (await testDatabase())
  deCarpeta.set(carpeta, url)
  cleanUp(async () => {
    const sql = new SQL(url, { max: 1 })
    await sql.unsafe(vaciar)
    await sql.close()
    deCarpeta.delete(carpeta)
    libres.push(url)
  })
  return { DATABASE_URL: url }
}
