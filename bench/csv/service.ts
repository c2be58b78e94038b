import { join } from 'node:path'
import { cpuSeconds, residentBytes } from '../proc.ts'

interface Ready {
  readonly url: string
  /** Tokens of a member of the staff, and of a service that reserves. */
  readonly staff: string
  readonly service: string
}

export interface Service extends Ready {
  readonly resident: () => number | null
  /** CPU that it has used, in seconds. */
  readonly cpu: () => number | null
  /** The longest that it computed between two turns of its event loop since the last asking, in ms. */
  longestBlock(): Promise<number>
  stop(): void
}

/** A service as a process of its own. */
export async function startService(name: string, ...args: string[]): Promise<Service> {
  const ready = Promise.withResolvers<Ready>()
  let told: ((ms: number) => void) | undefined
  const child = Bun.spawn(
    [process.execPath, '--no-orphans', join(import.meta.dir, 'server.ts'), name, ...args],
    {
      env: { ...process.env, NODE_ENV: 'production' },
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
      ipc(message: Ready | { readonly longest: number }) {
        if ('url' in message) ready.resolve(message)
        else told?.(message.longest)
      },
      onExit: () => ready.reject(new Error(`${name} ended before it was ready`)),
    },
  )
  return {
    ...(await ready.promise),
    resident: () => residentBytes(child.pid),
    cpu: () => cpuSeconds(child.pid),
    longestBlock: () =>
      new Promise((resolve) => {
        told = resolve
        child.send('longest')
      }),
    stop: () => child.kill(),
  }
}
