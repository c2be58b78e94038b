import { isUniqueViolation, type Storage } from '@encargo/storage'
import { claveDeEmail } from '../../domain/identidades.ts'
import type * as tables from './tables.ts'

/**
 * Gives addresses the key that this version compares them by, where an older one had another: only of
 * those beyond ASCII. Answers the accounts whose address is by now another account's as well; they
 * keep their key, by which nobody signs in any more.
 */
export function renovarClaves({ client }: Storage<typeof tables>): string[] {
  const repetidos: string[] = []
  const rows = client
    .query<{ id: string; email: string; clave: string }, []>(
      "SELECT id, email, email_clave AS clave FROM usuarios WHERE email_clave GLOB '*[^!-~]*' ORDER BY numero",
    )
    .all()
  for (const { id, email, clave } of rows) {
    const hoy = claveDeEmail(email)
    if (hoy === clave) continue
    try {
      client.run('UPDATE usuarios SET email_clave = ? WHERE id = ?', [hoy, id])
    } catch (error) {
      if (!isUniqueViolation(error, 'usuarios.email_clave')) throw error
      repetidos.push(id)
    }
  }
  return repetidos
}
