import type { Channel, Environment } from './environment.ts'

/**
 * What one tab tells the others of their session. It never leaves the browser's own memory. `since`
 * is when somebody logged in or out, in milliseconds since the epoch; 0 in a tab that doesn't know.
 */
export type TabMessage =
  | {
      readonly type: 'open'
      readonly since: number
      readonly access: string
      readonly ttlMs: number
    }
  | { readonly type: 'closed'; readonly since: number }

export interface TabsOptions extends Pick<Environment, 'locks' | 'channel'> {
  readonly name: string
}

function isMessage(value: unknown): value is TabMessage {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false
  if (!('since' in value) || typeof value.since !== 'number') return false
  if (value.type === 'closed') return true
  return (
    value.type === 'open' &&
    'access' in value &&
    typeof value.access === 'string' &&
    'ttlMs' in value &&
    typeof value.ttlMs === 'number'
  )
}

/** The other tabs of the same session: one at a time does what only one may do, and tells the rest. */
export class Tabs {
  readonly #options: TabsOptions
  readonly #channel: Channel | undefined
  onMessage: (message: TabMessage) => void = () => undefined

  constructor(options: TabsOptions) {
    this.#options = options
    const channel = options.channel?.(`encargo:session:${options.name}`)
    this.#channel = channel
    channel?.addEventListener('message', ({ data }) => {
      if (isMessage(data)) this.onMessage(data)
    })
  }

  /** Runs `work` while no other tab runs its own. Where there are no locks, at once. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const { locks, name } = this.#options
    return locks === undefined ? await work() : await locks.request(`encargo:${name}`, work)
  }

  tell(message: TabMessage): void {
    this.#channel?.postMessage(message)
  }

  release(): void {
    this.#channel?.close()
  }
}
