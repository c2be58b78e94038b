import { join } from 'node:path'
import { inProgram } from '@encargo/program'
import type { Environment, ServiceName } from '@encargo/service-kit/run/config'
import { type ProcessName, stopOrder } from '@encargo/service-kit/run/together'
import { beginLine, standbyVariable } from '@encargo/service-kit/run/standby'
import { root } from './install.ts'

export const mainOf = (service: ProcessName) => join(root, 'apps', service, 'src', 'main.ts')

/** Where the migrations of its database are. */
export const migrationsOf = (service: ServiceName) =>
  inProgram(`apps/${service}/src/store/sqlite/migrations`)

/**
 * How many outgoing calls a process makes at once, which Bun reads when it starts. Its own 256 are
 * fewer than the live pages of a shop and the calls of a busy moment together; what is over waits
 * without a word.
 */
export const outgoingCalls = { BUN_CONFIG_MAX_HTTP_REQUESTS: '4096' }

export interface SpawnOptions<Name extends ProcessName = ServiceName> {
  readonly service: Name
  readonly env: Environment
  /** Restart when a source file changes. */
  readonly watch: boolean
  /** Load the code and wait for `begin`; to follow another process of the service. */
  readonly standby?: boolean
  /** What to run in the place of the service's `main.ts`: the same, bundled. */
  readonly main?: string
  /** Gets every line that the service prints, but the one that says it is ready. */
  readonly onLine: (line: string) => void
}

export interface ServiceProcess<Name extends ProcessName = ServiceName> {
  readonly service: Name
  readonly pid: number
  /** Resolves with the url, once; rejects when the process ends before. */
  readonly ready: Promise<string>
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

/**
 * Starts one service as a process of its own. It leads its own process group, so that Ctrl-C
 * reaches it only through its parent, once; and it ends when its parent dies.
 */
export function spawnService<Name extends ProcessName>(
  options: SpawnOptions<Name>,
): ServiceProcess<Name> {
  const { service } = options
  const watch = options.watch ? ['--watch', '--no-clear-screen'] : []
  const child = Bun.spawn(
    [process.execPath, '--no-orphans', ...watch, options.main ?? mainOf(service)],
    {
      cwd: root,
      env: { ...outgoingCalls, ...options.env, ...(options.standby && { [standbyVariable]: '1' }) },
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'pipe',
      detached: true,
    },
  )
  if (!options.standby) void child.stdin.end()
  const prefix = `${service} ready at `
  const ready = Promise.withResolvers<string>()
  const standingBy = Promise.withResolvers<void>()
  const use = (line: string) => {
    if (line.startsWith(prefix)) ready.resolve(line.slice(prefix.length))
    else if (line === `${service} standing by`) standingBy.resolve()
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
  processes: readonly ServiceProcess<ProcessName>[],
  graceMs = 9_500,
): Promise<void> {
  const late = setTimeout(() => {
    for (const one of processes) one.kill('SIGKILL')
  }, graceMs)
  for (const service of stopOrder) {
    const found = processes.filter((one) => one.service === service)
    for (const one of found) one.kill('SIGTERM')
    await Promise.all(found.map((one) => one.exited))
  }
  clearTimeout(late)
}
