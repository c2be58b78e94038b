import { Database } from 'bun:sqlite'
import type { ServiceName } from '@encargo/service-kit/run/config'
import { migrate } from '../../packages/storage/src/migrations.ts'
import { migrationsOf } from '../lib/services.ts'

/** What the migrations of this version make, once they have been run: most of an audit of a small shop. */
const migrated = new Map<ServiceName, Buffer>()

/** The bytes of a database as the migrations of this version make it, with nothing in it. */
export function freshBytes(service: ServiceName): Buffer {
  const known = migrated.get(service)
  if (known) return known
  const client = new Database(':memory:')
  try {
    migrate(client, migrationsOf(service))
    const bytes = client.serialize()
    migrated.set(service, bytes)
    return bytes
  } finally {
    client.close()
  }
}

/** The same, opened. The caller closes it. */
export const freshDatabase = (service: ServiceName): Database =>
  Database.deserialize(freshBytes(service))
