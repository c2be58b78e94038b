import { existsSync } from 'node:fs'
import { peek } from '@encargo/storage'

/**
 * Whether a database has an active admin, asked from outside and without a migration: for what is
 * looked at before auth is started. What can't be read is for auth to tell: then the answer is true.
 */
export function hayAdminEn(file: string): boolean {
  if (!existsSync(file)) return false
  const anAdmin = "SELECT 1 FROM usuarios WHERE rol = 'admin' AND activo = 1"
  try {
    return peek(file, (client) => client.query(anAdmin).get() !== null)
  } catch {
    return true
  }
}
