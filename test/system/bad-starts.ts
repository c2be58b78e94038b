import { Database } from 'bun:sqlite'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@encargo/service-kit/run/config'

/** An installation that was in use and is at rest, to be spoilt. */
export interface Installation {
  readonly dataDir: string
  readonly env: Environment
  /** Where one of those is to listen that are started, as they are in every form: pedidos, or all of them. */
  readonly port: number
  /** Starts all of it, and answers how to stop that again. */
  readonly start: (env: Environment) => Promise<() => Promise<unknown>>
}

/** What is in the way of a start, beside what was done to its files. */
export interface Obstacle {
  readonly env?: Environment
  /** What the command is started by. */
  readonly by?: readonly string[]
  readonly end?: () => unknown
}

export interface BadStart {
  readonly spoil: (one: Installation) => Obstacle | void | Promise<Obstacle>
  readonly told: RegExp
  /** Services find it when they open, so that others have opened their databases already. */
  readonly late?: true
}

const database = ({ dataDir }: Installation) => join(dataDir, 'pedidos.db')

function sql(file: string, text: string): void {
  const client = new Database(file)
  client.run(text)
  client.close(true)
}

const rewrite = (file: string, change: (bytes: Buffer) => Uint8Array) =>
  writeFileSync(file, change(readFileSync(file)))

const pageBytes = 4_096

/** Overwrites where the orders begin, which nobody reads before pedidos does. */
function spoilOrders(file: string): void {
  const client = new Database(file)
  const roots =
    "SELECT rootpage AS page FROM sqlite_schema WHERE tbl_name = 'pedidos' AND rootpage > 0"
  const pages = client.query<{ page: number }, []>(roots).all()
  client.close(true)
  rewrite(file, (bytes) => {
    for (const { page } of pages) bytes.fill(0xa5, (page - 1) * pageBytes, page * pageBytes)
    return bytes
  })
}

const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']

/** Takes the right to write from whoever runs the test: root has it whatever a folder says. */
function unwritable({ dataDir }: Installation): Obstacle {
  if (process.getuid?.() === 0) return { by: nobody }
  chmodSync(dataDir, 0o500)
  return { end: () => chmodSync(dataDir, 0o700) }
}

const cannotWrite = (why: string) =>
  new RegExp(`^(?:pedidos: )?DATA_DIR: the folder .* cannot be written \\(${why}\\)`)
const damaged =
  /pedidos\.db: it is damaged or no database; bring it back with (?:bun run|encargo) restore\.$/

export const badStarts: Readonly<Record<string, BadStart>> = {
  'a data folder that would be below a file': {
    spoil: (one) => ({ env: { DATA_DIR: join(database(one), 'data') } }),
    told: cannotWrite('ENOTDIR'),
  },
  'a data folder that is a file': {
    spoil: (one) => ({ env: { DATA_DIR: database(one) } }),
    told: cannotWrite('EEXIST'),
  },
  'a data folder that nobody can make': {
    spoil: () => ({ env: { DATA_DIR: '/proc/encargo' } }),
    told: cannotWrite('E\\w+'),
  },
  "a data folder that is somebody else's": { spoil: unwritable, told: cannotWrite('EACCES') },
  'a variable that makes no sense': {
    spoil: () => ({ env: { LOG_LEVEL: 'loud' } }),
    told: /^(?:pedidos: )?LOG_LEVEL must be one of debug, info, warn, error, got "loud"$/,
  },
  'a port that is taken': {
    spoil({ port }) {
      const other = Bun.serve({ hostname: '127.0.0.1', port, fetch: () => new Response() })
      return { end: () => other.stop(true) }
    },
    told: /^(?:pedidos|tienda): 127\.0\.0\.1:\d+ is already in use; stop what listens there or set P\w+$/,
  },
  'a database of a newer version': {
    spoil(one) {
      sql(database(one), "INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 9e12)")
    },
    told: /pedidos\.db: it was migrated by a newer version of this program, start that version instead\.$/,
  },
  'a database that is none': {
    spoil: (one) => rewrite(database(one), () => Buffer.from('no database at all '.repeat(1_000))),
    told: damaged,
  },
  'a database of which half is there': {
    spoil: (one) => rewrite(database(one), (bytes) => bytes.subarray(0, bytes.length / 2)),
    told: damaged,
  },
  'a database whose first page was overwritten': {
    spoil: (one) => rewrite(database(one), (bytes) => bytes.fill(0xa5, 0, pageBytes)),
    told: damaged,
  },
  'a database whose orders were overwritten': {
    spoil: (one) => spoilOrders(database(one)),
    told: damaged,
    late: true,
  },
  'a database that is a folder': {
    spoil(one) {
      rmSync(database(one))
      mkdirSync(database(one))
    },
    told: /pedidos\.db: it is not a file\.$/,
  },
  'a database that was there and is gone': {
    spoil: (one) => rmSync(database(one)),
    told: /pedidos\.db was here and is gone or empty: bring it back with \w+( run)? restore, or remove /,
  },
  'a restore that was cut short': {
    spoil: ({ dataDir }) => writeFileSync(join(dataDir, 'restore-unfinished.json'), '{}'),
    told: /a restore to .* was cut short: run (?:bun run|encargo) restore again/,
  },
  'a disk that takes no more': {
    spoil: () => ({ by: ['bash', '-c', 'ulimit -f 4; exec "$@"', '-'] }),
    told: /Cannot open the database .*\.db: .*\.$/,
    late: true,
  },
  'a currency that is not that of the amounts': {
    spoil: () => ({ env: { MONEDA: 'COP' } }),
    told: /^(?:productos|pedidos): MONEDA is COP, but the amounts in .* are in USD: set MONEDA=USD, or /,
    late: true,
  },
  'credentials that were damaged': {
    spoil: ({ dataDir }) => writeFileSync(join(dataDir, 'credenciales.json'), '{}'),
    told: /credenciales\.json is damaged: .*; remove it to have new ones made$/,
    late: true,
  },
  'another that runs on the same data': {
    spoil: async ({ start, env }) => ({ end: await start(env) }),
    told: /(auth|pedidos)\.db is in use by another \1 or a restore: end that first, or /,
  },
}
