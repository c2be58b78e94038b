import { join } from 'node:path'
import { crashAround } from '@encargo/service-kit/run/crash-points'
import { type Engine, openStorage, type Storage } from '@encargo/storage'
import type { AuthStore } from '../../ports/store.ts'
import { createAuthStore } from '../store.ts'
import { renovarClaves } from './claves.ts'
import * as tables from './tables.ts'

export interface OpenAuthStore extends AuthStore {
  readonly storage: Storage<typeof tables>
  /** Accounts that nobody can sign in to: by today's rule their address is another's. */
  readonly repetidos: readonly string[]
}

/**
 * Opens `file` (or ':memory:') and brings it up to date.
 * @throws StorageOpenError with a sentence for the person who started the service
 */
export function openAuthStore(file: string): OpenAuthStore {
  const migrationsFolder = join(import.meta.dir, 'migrations')
  const storage = openStorage({ file, schema: tables, migrationsFolder })
  const { client } = storage
  const engine: Engine = {
    ...storage.engine,
    write: (work) => crashAround('auth.escribir', () => storage.engine.write(work)),
  }
  const ofMails: Engine = {
    ...storage.engine,
    write: (work) => crashAround('auth.correo.anotar', () => storage.engine.write(work)),
  }
  // What is erased is overwritten, not just unlinked: erasing a person is a promise.
  client.run('PRAGMA secure_delete = ON')
  // Frames of earlier transactions stay in the log until it begins anew. While somebody else is
  // reading it this has no effect; asking for the erasure again tries again.
  const olvidar = () => client.run('PRAGMA wal_checkpoint(TRUNCATE)')
  const repetidos = renovarClaves(storage)
  return { ...createAuthStore({ engine, ofMails, olvidar }), storage, repetidos }
}
