import { makeCluster } from '@encargo/storage/testing/postgres'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSystem, type System, type SystemOptions } from './system.ts'

/**
 * The services, so many of each, on a PostgreSQL of their own on this machine, which waits for the disk.
 * Those that are started together ask each other.
 */
export async function postgresSystem(options: SystemOptions, replicas = 1): Promise<System> {
  const cluster = makeCluster({ durable: true })
  const systems: System[] = []
  let stopping: Promise<void> | undefined
  const stop = () =>
    (stopping ??= Promise.all(systems.map((one) => one.stop()))
      .then(() => undefined)
      .finally(() => cluster.remove()))
  try {
    const settings = { DATABASE_URL: cluster.url }
    const first = await startSystem({ ...options, settings })
    systems.push(first)
    while (systems.length < replicas) systems.push(await startSystem({ ...options, settings }))
    const [pid] = readFileSync(join(cluster.data, 'postmaster.pid'), 'utf8').split('\n')
    const server = { name: 'postgres', pid: Number(pid), withChildren: true }
    return {
      ...first,
      origins: systems.flatMap(({ origins }) => origins),
      processes: [...systems.flatMap(named), server],
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** As they are called in tables: `pedidos`, `pedidos 2`. */
const named = ({ processes }: System, at: number) =>
  processes.map(({ name, pid }) => ({ name: at > 0 ? `${name} ${at + 1}` : name, pid }))
