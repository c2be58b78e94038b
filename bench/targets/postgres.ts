import { makeCluster } from '@encargo/storage/testing/postgres'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSystem, type System, type SystemOptions } from './system.ts'

/** The four services on a PostgreSQL of their own on this machine, which waits for the disk. */
export async function postgresSystem(options: SystemOptions): Promise<System> {
  const cluster = makeCluster({ durable: true })
  try {
    const system = await startSystem({ ...options, settings: { DATABASE_URL: cluster.url } })
    const [pid] = readFileSync(join(cluster.data, 'postmaster.pid'), 'utf8').split('\n')
    let stopping: Promise<void> | undefined
    return {
      ...system,
      processes: [...system.processes, { name: 'postgres', pid: Number(pid), withChildren: true }],
      stop: () => (stopping ??= system.stop().finally(() => cluster.remove())),
    }
  } catch (error) {
    cluster.remove()
    throw error
  }
}
