import { join } from 'node:path'
import { startChild } from '../child.ts'

interface Ready {
  readonly url: string
  /** Tokens of a member of the staff, and of a service that reserves. */
  readonly staff: string
  readonly service: string
}

export interface Service extends Ready {
  readonly pid: number
  /** The longest that it computed between two turns of its event loop since the last asking, in ms. */
  longestBlock(): Promise<number>
  stop(): Promise<void>
}

/** A service as a process of its own. */
export async function startService(name: string, ...args: string[]): Promise<Service> {
  const { pid, next, ask, stop } = startChild(join(import.meta.dir, 'server.ts'), name, ...args)
  return { ...(await next<Ready>()), pid, longestBlock: () => ask<number>('longest'), stop }
}
