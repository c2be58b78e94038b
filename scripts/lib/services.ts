import { join } from 'node:path'
import { inProgram } from '@encargo/program'
import type { Environment, ServiceName } from '@encargo/service-kit/run/config'
import { type ProcessName, stopOrder } from '@encargo/service-kit/run/together'
import { beginLine, standbyVariable } from '@encargo/service-kit/run/standby'
import { root } from './install.ts'

/** What a process is of: one service, or all that are named together. */
export type UnitName = ProcessName | 'encargo'

export const mainOf = (unit: UnitName) => join(root, 'apps', unit, 'src', 'main.ts')

/** Where the migrations of its database are, of a file. */
export const migrationsOf = (service: ServiceName) =>
  inProgram(`apps/${service}/src/store/sqlite/migrations`)

/** The same of a schema on a server. */
export const postgresMigrationsOf = (service: ServiceName) =>
  inProgram(`apps/${service}/src/store/postgres/migrations`)

/**
 * How many outgoing calls a process makes at once, which Bun reads when it starts. Its own 256 are
 * fewer than the live pages of a shop and the calls of a busy moment together; what is over waits
 * without a word.
 */
export const outgoingCalls = { BUN_CONFIG_MAX_HTTP_REQUESTS: '4096' }

export interface SpawnOptions<Name extends UnitName = ServiceName> {
  readonly service: Name
  /** The services in it; the one that it is of, unless it is of several. */
  readonly names?: readonly ProcessName[]
  readonly env: Environment
  /** Restart when a source file changes. */
  readonly watch: boolean
  /** Load the code and wait for `begin`; to follow another process of the service. */
  readonly standby?: boolean
  /** What to run in the place of the service's `main.ts`: the same, bundled. */
  readonly main?: string | undefined
  /** What to run in the place of Bun and a `main.ts`: an executable and what it is told before names. */
  readonly command?: readonly string[] | undefined
  /** Gets every line that it prints, but those that say what is ready. */
  readonly onLine: (line: string) => void
}

/** Where each of a process is. */
export type Urls = Readonly<Record<string, string>>

export interface ServiceProcess<Name extends UnitName = ServiceName> {
  readonly service: Name
  readonly pid: number
  /** Resolves when all that is in it can be reached; rejects when the process ends before. */
  readonly ready: Promise<Urls>
  /** Resolves when one that was spawned with `standby` waits; rejects when it ends before. */
  readonly standingBy: Promise<void>
  /** Ends the waiting. */
  begin(): void
  readonly exited: Promise<number>
  kill(signal: NodeJS.Signals): void
}

export async function eachLine(stream: ReadableStream<Uint8Array>, use: (line: string) => void) {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) use(line)
  }
  if (rest !== '') use(rest)
}

function commandOf({ service, names, watch, main, command }: SpawnOptions<UnitName>): string[] {
  const watching = watch ? ['--watch', '--no-clear-screen'] : []
  const bun = [process.execPath, '--no-orphans', ...watching, main ?? mainOf(service)]
  return [...(command ?? bun), ...(names ?? [])]
}

/**
 * Starts one service, or several together, as a process of its own. It leads its own process group, so
 * that Ctrl-C reaches it only through its parent, once; and it ends when its parent dies.
 */
export function spawnService<Name extends UnitName>(
  options: SpawnOptions<Name>,
): ServiceProcess<Name> {
  const { service, names = [service] } = options
  const child = Bun.spawn(commandOf(options), {
    cwd: root,
    env: { ...outgoingCalls, ...options.env, ...(options.standby && { [standbyVariable]: '1' }) },
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    detached: true,
  })
  if (!options.standby) void child.stdin.end()
  const urls = new Map<string, string>()
  const ready = Promise.withResolvers<Urls>()
  const standingBy = Promise.withResolvers<void>()
  const use = (line: string) => {
    const [, name = '', url = ''] = /^(\w+) ready at (\S+)$/.exec(line) ?? []
    if (names.some((one) => one === name)) {
      urls.set(name, url)
      if (urls.size === names.length) ready.resolve(Object.fromEntries(urls))
    } else if (line === `${service} standing by`) standingBy.resolve()
    else options.onLine(line)
  }
  void eachLine(child.stdout, use)
  const errors = eachLine(child.stderr, options.onLine)
  void child.exited.then(async (code) => {
    await errors
    const error = new Error(`${service} ended with code ${code} before it was ready`)
    ready.reject(error)
    standingBy.reject(error)
  })
  ready.promise.catch(() => {})
  standingBy.promise.catch(() => {})
  return {
    service,
    pid: child.pid,
    ready: ready.promise,
    standingBy: standingBy.promise,
    begin() {
      void child.stdin.write(beginLine)
      void child.stdin.end()
    },
    exited: child.exited,
    kill: (signal) => child.kill(signal),
  }
}

/** Asks each to stop, in `stopOrder`; kills what has not ended `graceMs` after the first was asked. */
export async function stopAll(
  processes: readonly ServiceProcess<UnitName>[],
  graceMs = 9_500,
): Promise<void> {
  const late = setTimeout(() => {
    for (const one of processes) one.kill('SIGKILL')
  }, graceMs)
  for (const service of ['encargo', ...stopOrder]) {
    const found = processes.filter((one) => one.service === service)
    for (const one of found) one.kill('SIGTERM')
    await Promise.all(found.map((one) => one.exited))
  }
  clearTimeout(late)
}
