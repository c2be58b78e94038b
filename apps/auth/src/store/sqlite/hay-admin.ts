import { Database } from 'bun:sqlite'
import { existsSync } from 'node:fs'

/**
 * Whether a database has an active admin, asked from outside and without a migration: for what is
 * looked at before auth is started. What can't be read is for auth to tell: then the answer is true.
 */
export function hayAdminEn(file: string): boolean {
  if (!existsSync(file)) return false
  let client: Database | undefined
  try {
    client = new Database(file, { readonly: true })
    return client.query("SELECT 1 FROM usuarios WHERE rol = 'admin' AND activo = 1").get() !== null
  } catch {
    return true
  } finally {
    client?.close()
  }
}
