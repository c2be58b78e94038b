import { SQL } from 'bun'
import { makeDatabase, removeDatabase } from '@encargo/storage/copy'
import { type Cluster, makeCluster, type Standby } from '@encargo/storage/testing/cluster'
import { createLink, type Link } from './link.ts'
import { quietPorts } from './ports.ts'
import type { DatabaseAct } from './schedule.ts'

/** A database of a run's own on a server, which the services meet through a way that can be cut. */
export interface Database {
  /** For the services. */
  readonly url: string
  /** Where it is without that way. */
  readonly place: string
  /** Whether all of the server is this run's. */
  readonly own: boolean
  /** Does something to it; answers how to make good for it. */
  harm(act: DatabaseAct): Promise<() => Promise<void>>
  /** @param keep whether the data stays, where that is somebody else's server */
  close(keep: boolean): Promise<void>
}

/** The database server that belongs to a run, and the standby that follows it. */
interface Own {
  readonly cluster: Cluster
  readonly standby: Standby
}

const nothing = async () => {}

async function say(url: string, ...texts: string[]): Promise<void> {
  const sql = new SQL(url, { max: 1 })
  try {
    for (const text of texts) await sql.unsafe(text)
  } finally {
    await sql.close()
  }
}

/** Ends so many of the services' connections, from 0 to 1. */
const ending = (share: number) => `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name LIKE 'encargo %' AND random() <= ${share}`

function placeOf(url: string) {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port || 5432) }
}

function movedTo(url: string, port: number): string {
  const moved = new URL(url)
  moved.host = `127.0.0.1:${port}`
  return moved.href
}

function harming(link: Link, first: string, own: Own | undefined) {
  let place = first
  const name = new URL(first).pathname.slice(1)
  const needed = () => {
    if (own === undefined) throw new Error("somebody else's server is not stopped")
    return own
  }
  async function harm(act: DatabaseAct): Promise<() => Promise<void>> {
    switch (act.kind) {
      case 'terminate':
        await say(place, ending(act.share))
        return nothing
      case 'sever':
        await link.set(act.mode)
        return () => link.set({ kind: 'open' })
      case 'read-only':
        await say(
          place,
          `ALTER DATABASE "${name}" SET default_transaction_read_only = on`,
          ending(1),
        )
        return () =>
          say(
            place,
            'SET default_transaction_read_only = off',
            `ALTER DATABASE "${name}" RESET default_transaction_read_only`,
          )
      case 'restart': {
        const { cluster } = needed()
        cluster.stop(act.mode)
        return async () => cluster.start()
      }
      case 'fail-over': {
        const { cluster, standby } = needed()
        cluster.stop('immediate')
        return async () => {
          standby.promote()
          place = movedTo(first, standby.port)
          link.leadTo(placeOf(place))
        }
      }
    }
  }
  return { harm, place: () => place }
}

/** @param beside a URL of a server on which one may be made, or `own` for a durable server with a standby */
export async function openDatabase(beside: string): Promise<Database> {
  const cluster = beside === 'own' ? makeCluster({ durable: true }) : undefined
  const server = cluster?.url ?? beside
  const name = `encargo_caos_${crypto.randomUUID().replaceAll('-', '')}`
  const first = await makeDatabase(server, name)
  const own = cluster && { cluster, standby: cluster.follow() }
  const [port = 0] = quietPorts(1)
  const link = await createLink(port, placeOf(first))
  const { harm, place } = harming(link, first, own)
  return {
    url: movedTo(first, port),
    get place() {
      return place()
    },
    own: own !== undefined,
    harm,
    async close(keep) {
      link.close()
      if (cluster) cluster.remove()
      else if (!keep) await removeDatabase(server, name)
    },
  }
}
