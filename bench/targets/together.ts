import { join } from 'node:path'
import type { Environment } from '@encargo/service-kit/run/config'
import { eachLine } from '../../scripts/lib/services.ts'

/** Services that are one process. */
export interface Together {
  readonly pid: number
  /** Where each of them is; rejects when the process ends before all are ready. */
  readonly ready: Promise<Readonly<Record<string, string>>>
  stop(): Promise<void>
}

export interface TogetherOptions {
  /** The checkout whose code runs. */
  readonly home: string
  readonly services: readonly string[]
  readonly env: Environment
  readonly onLine: (line: string) => void
}

const graceMs = 9_500

/** Starts `services` as `bun run start --juntos` does, in one process, which ends with this one. */
export function spawnTogether({ home, services, env, onLine }: TogetherOptions): Together {
  const main = join(home, 'apps', 'encargo', 'src', 'main.ts')
  const child = Bun.spawn([process.execPath, '--no-orphans', main, ...services], {
    cwd: home,
    env,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    detached: true,
  })
  const urls: Record<string, string> = {}
  const ready = Promise.withResolvers<typeof urls>()
  ready.promise.catch(() => {})
  const use = (line: string) => {
    const [, name, url] = /^(\w+) ready at (\S+)$/.exec(line) ?? []
    if (name === undefined || url === undefined) return onLine(line)
    urls[name] = url
    if (services.every((one) => one in urls)) ready.resolve(urls)
  }
  void eachLine(child.stdout, use)
  const errors = eachLine(child.stderr, onLine)
  void child.exited.then(async (code) => {
    await errors
    ready.reject(new Error(`the one process ended with code ${code} before it was ready`))
  })
  return {
    pid: child.pid,
    ready: ready.promise,
    async stop() {
      const late = setTimeout(() => child.kill('SIGKILL'), graceMs)
      child.kill('SIGTERM')
      await child.exited
      clearTimeout(late)
    },
  }
}
