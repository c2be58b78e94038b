import { type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import type { Server } from '@encargo/service-kit/run/place'
import type { Servers } from '../lib/shop.ts'

/** All services in one database. */
export function serversAt(url: string): Servers {
  const server: Server = { engine: 'postgres', url, variable: 'DATABASE_URL' }
  const entries = serviceNames.map((name): [ServiceName, Server] => [name, server])
  // They have exactly these names, which fromEntries can't say.
  return Object.fromEntries(entries) as Record<ServiceName, Server>
}
