import { peekPostgres } from '@encargo/storage'

/**
 * Whether a schema has an active admin, asked from outside and without a migration: for what is looked at
 * before auth is started. What can't be read is for auth to tell: then the answer is true.
 */
export async function hayAdminEnServidor(url: string, schema = 'auth'): Promise<boolean> {
  const anAdmin = "SELECT 1 FROM usuarios WHERE rol = 'admin' AND activo = 1 LIMIT 1"
  try {
    const found = await peekPostgres({ url, schema }, 'usuarios', anAdmin)
    return found !== undefined && found.length > 0
  } catch {
    return true
  }
}
