import { machineClock } from '@encargo/service-kit/async/clock'
import { formerIssuer } from '@encargo/service-kit/identity/tokens'
import { openKeyFolder } from '../../apps/auth/src/security/key-folder.ts'
import { createAccessTokens } from '../../apps/auth/src/security/access-tokens.ts'
import { owaspCost } from '../../apps/auth/src/security/passwords.ts'
import { openAuthPostgres } from '../../apps/auth/src/store/postgres/open.ts'
import { openAuthStorage } from '../../apps/auth/src/store/sqlite/open.ts'
import { createAuthStore } from '../../apps/auth/src/store/store.ts'
import type { Place } from './place.ts'
import { databaseFile } from './system.ts'

const together = 500
const newId = () => Bun.randomUUIDv7()

/**
 * Writes so many shoppers into auth's own store, for a place at which no service runs, and
 * answers their ids. Registering ten thousand one by one would hash twenty thousand passwords.
 */
export async function writeBuyers(
  { folder, servers }: Pick<Place, 'folder' | 'servers'>,
  count: number,
): Promise<string[]> {
  const storage = servers
    ? await openAuthPostgres(servers.auth.url)
    : openAuthStorage(databaseFile(folder, 'auth'))
  const store = createAuthStore(storage)
  const passwordHash = await Bun.password.hash(newId(), { algorithm: 'argon2id', ...owaspCost })
  const ids = Array.from({ length: count }, newId)
  const write = async (id: string, number: number) => {
    const email = `multitud-${number}@encargo.example`
    const persona = { nombre: `Comprador ${number}`, cedula: null, telefono: null }
    const confirmado = { emailConfirmadoEn: Date.now() }
    const nuevo = { id, email, ...persona, ...confirmado, rol: 'cliente', passwordHash } as const
    const outcome = await store.usuarios.crear({ nuevo, now: Date.now() })
    if (outcome !== 'creado') throw new Error(`${email} could not be written: ${outcome}`)
  }
  try {
    for (let from = 0; from < count; from += together) {
      const some = ids.slice(from, from + together)
      await Promise.all(some.map((id, at) => write(id, from + at)))
    }
    return ids
  } finally {
    await storage.close()
  }
}

/** Access tokens as auth would give them, signed with its key, which must have been made. */
export async function signTokens(folder: string, ids: readonly string[]): Promise<string[]> {
  const ring = await openKeyFolder({ dataDir: folder, clock: machineClock })
  const sign = createAccessTokens({ ring, issuer: formerIssuer, clock: machineClock, uuid: newId })
  return await Promise.all(
    ids.map((id) => sign({ tipo: 'usuario', id, rol: 'cliente', sesionId: newId() })),
  )
}
