import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Debian keeps each version's programs in a folder of its own, outside PATH. */
const debian = '/usr/lib/postgresql'

/** The folder of PostgreSQL's own programs, or undefined where it is not installed. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian) : []
  const newest = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((one) => join(debian, one, 'bin'))
  const onPath = Bun.which('initdb')
  // There may be a link to this one alone.
  const folders = onPath ? [join(realpathSync(onPath), '..'), ...newest] : newest
  return folders.find((folder) => existsSync(join(folder, 'initdb')))
}

export interface Cluster {
  /** Of the database `postgres`, for a superuser. */
  readonly url: string
  readonly port: number
  /** The folder of its data. */
  readonly data: string
  /** Starts it again, as after `stop`. */
  start(): void
  /** `fast` ends connections, `immediate` is a crash; returns when it is down. */
  stop(mode?: 'fast' | 'immediate'): void
  /**
   * Makes a standby that has all that was acknowledged, and starts it. Of a durable one only: others wait for
   * nobody.
   */
  follow(): Standby
  /** Ends it and removes all of it. */
  remove(): void
}

/** A server that follows another one. */
export interface Standby {
  readonly port: number
  /** It takes writes from now on. */
  promote(): void
}

/** Whoever runs it where root asks for it, as it refuses root. */
const servants = ['postgres', 'nobody']

/** How many ports are tried: between finding a free one and using it somebody else may. */
const attempts = 5

function idOf(flag: '-u' | '-g', user: string): number {
  const { status, stdout } = spawnSync('id', [flag, user])
  return status === 0 ? Number(stdout.toString()) : -1
}

/** A command as a user that PostgreSQL accepts, and who that is where it is somebody else. */
function asServant() {
  if (process.getuid?.() !== 0) return { as: (...command: string[]) => command }
  const user = servants.find((one) => idOf('-u', one) > 0)
  if (user === undefined) throw new Error(`root needs one of the users ${servants.join(', ')}`)
  return {
    as: (...command: string[]) => ['runuser', '-u', user, '--', ...command],
    owner: [idOf('-u', user), idOf('-g', user)] as const,
  }
}

/**
 * Makes a cluster and starts it on a free port of the loopback address. It ends with this process, however
 * that ends: a shell that looks for it does it then, within a second.
 * @param durable whether a commit waits for the disk: for tests of crashes and speed
 * @throws Error when PostgreSQL is not installed or does not start
 */
export function makeCluster({ durable = false } = {}): Cluster {
  const programs = postgresPrograms()
  if (programs === undefined) throw new Error('PostgreSQL is not installed')
  const { as, owner } = asServant()
  const folder = mkdtempSync(join(tmpdir(), 'encargo-postgres-'))
  if (owner) chownSync(folder, ...owner)
  const data = join(folder, 'data')
  const copy = join(folder, 'copia')
  const pgCtl = join(programs, 'pg_ctl')
  const run = (...command: string[]) => {
    const [head = '', ...rest] = as(...command)
    const { status, stderr, stdout } = spawnSync(head, rest, {
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}${stdout}`)
  }
  // A grandchild, deaf to Ctrl-C: what a test leaves behind is killed, and it must outlive that.
  const alive = `{ [ -d /proc/${process.pid} ] || { [ ! -d /proc/self ] && ps -p ${process.pid}; }; }`
  const kill = (at: string) => `'${pgCtl}' -D '${at}' -w -m immediate stop`
  const end = `${kill(copy)}; ${kill(data)}; rm -rf '${folder}'`
  const wait = `while ${alive} && [ -d '${folder}' ]; do sleep 0.3; done`
  run('sh', '-c', `(trap '' INT TERM HUP; ${wait}; ${end}) </dev/null >/dev/null 2>&1 &`)
  const initial = '-U encargo --auth=trust --no-sync --encoding=UTF8 --locale=C.UTF-8'
  run(join(programs, 'initdb'), '-D', data, ...initial.split(' '))
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 400,
    shared_buffers: '64MB',
    // What a standby waits before it looks for its server again, and commits of that one with it.
    wal_retrieve_retry_interval: '200ms',
    ...(durable
      ? {}
      : {
          fsync: 'off',
          synchronous_commit: 'off',
          full_page_writes: 'off',
          // Hundreds of small schemas: what is looked after in the background would be most of the work.
          autovacuum: 'off',
        }),
  }
  let port = freePort()
  const startAt = (at: string, own: number) => {
    const options = Object.entries({ port: own, ...settings }).map(
      ([name, value]) => `-c ${name}=${value || "''"}`,
    )
    run(pgCtl, '-D', at, '-l', `${at}.log`, '-w', '-o', options.join(' '), 'start')
  }
  const start = () => startAt(data, port)
  for (let attempt = 1; ; attempt++) {
    try {
      start()
      break
    } catch (error) {
      if (attempt === attempts) throw error
      port = freePort()
    }
  }
  const stop = (mode = 'fast', at = data) => run(pgCtl, '-D', at, '-w', '-m', mode, 'stop')
  return {
    url: `postgres://encargo@127.0.0.1:${port}/postgres`,
    port,
    data,
    start,
    stop: (mode) => stop(mode),
    follow() {
      const where = ['-h', '127.0.0.1', '-p', String(port), '-U', 'encargo']
      run(join(programs, 'pg_basebackup'), ...where, '-D', copy, '-R', '-c', 'fast', '--no-sync')
      const own = freePort()
      startAt(copy, own)
      // Its own settings were copied before, so it waits for nobody when it is promoted.
      const wait = "ALTER SYSTEM SET synchronous_standby_names = '*'"
      for (const text of [wait, 'SELECT pg_reload_conf()'])
        run(join(programs, 'psql'), ...where, '-d', 'postgres', '-c', text)
      return { port: own, promote: () => run(pgCtl, '-D', copy, '-w', 'promote') }
    },
    remove() {
      for (const at of [copy, data]) {
        try {
          stop('immediate', at)
        } catch {
          // It is down already, or was never made.
        }
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Below the ports that outgoing connections get, so that it is still free when the server starts again. */
function freePort(): number {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 17_000)
    try {
      Bun.listen({ hostname: '127.0.0.1', port, exclusive: true, socket: { data() {} } }).stop(true)
      return port
    } catch {
      // Somebody listens there.
    }
  }
}
