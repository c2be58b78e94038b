import { SQL } from 'bun'
import type { Environment } from '@encargo/service-kit/run/config'
import { makeCluster } from '@encargo/storage/testing/postgres'
import { type Servers, serversOf } from '../../scripts/lib/shop.ts'
import type { Session } from '../session.ts'

/** Where a shop has its data, however often its services are started. */
export interface Place {
  /** `DATA_DIR` of its services. */
  readonly folder: string
  /** What else they are told. */
  readonly settings: Environment
  /** Undefined where the databases are files of the folder. */
  readonly servers: Servers | undefined
}

/** A new place: in a folder, or on a PostgreSQL of its own, which waits for the disk. */
export function beginPlace(session: Session, name: string, postgres: boolean): Place {
  const folder = session.path(name)
  if (!postgres) return { folder, settings: {}, servers: undefined }
  const cluster = makeCluster({ durable: true })
  session.defer(() => cluster.remove())
  const settings = { DATABASE_URL: cluster.url }
  return { folder, settings, servers: serversOf(settings) }
}

/** What a server does by itself a minute after much was written. */
export async function tidyServer({ pedidos }: Servers): Promise<void> {
  const sql = new SQL(pedidos.url, { max: 1 })
  try {
    await sql.unsafe('VACUUM ANALYZE')
  } finally {
    await sql.close()
  }
}
