import { type Engine, type Script, statement } from '@encargo/storage'
import { claveDeEmail } from '../domain/identidades.ts'

interface Renovada {
  readonly id: string
  readonly clave: string
}

const masAllaDeAscii = statement<Renovada & { readonly email: string }, []>({
  sqlite: `SELECT id, email, email_clave AS clave FROM usuarios
     WHERE email_clave GLOB '*[^!-~]*' ORDER BY numero`,
  postgres: `SELECT id, email, email_clave AS clave FROM usuarios
     WHERE email_clave ~ '[^!-~]' ORDER BY numero`,
})
const renovar = statement<never, [clave: string, id: string]>(
  `UPDATE usuarios SET email_clave = ?1
   WHERE id = ?2 AND NOT EXISTS (SELECT 1 FROM usuarios AS otro WHERE otro.email_clave = ?1)`,
)

function* renovarTodas(renovadas: readonly Renovada[]): Script<string[]> {
  const repetidos: string[] = []
  for (const { id, clave } of renovadas) {
    if ((yield* renovar.run(clave, id)) === 0) repetidos.push(id)
  }
  return repetidos
}

/**
 * Gives addresses the key that this version compares them by, where an older one had another: only of
 * those beyond ASCII. Answers the accounts whose address is by now another account's as well; they
 * keep their key, by which nobody signs in any more.
 */
export async function renovarClaves(engine: Engine): Promise<readonly string[]> {
  const renovadas = (await engine.ask(masAllaDeAscii.all())).flatMap(({ id, email, clave }) => {
    const hoy = claveDeEmail(email)
    return hoy === clave ? [] : [{ id, clave: hoy }]
  })
  return renovadas.length === 0 ? [] : await engine.write(() => renovarTodas(renovadas))
}
