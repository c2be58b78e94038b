/** What the client needs of `fetch`: less than what platforms have, so that a wrapper is easy. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** Runs `work` once after `ms` milliseconds; what it returns calls that off. */
export type Timer = (work: () => void, ms: number) => () => void

/** `signal` ends the wait for the lock; `steal` takes it from whoever has it. Not both at once. */
export interface LockOptions {
  readonly signal?: AbortSignal
  readonly steal?: boolean
}

/** The Web Locks API, as far as it is used here. */
export interface Locks {
  request<T>(name: string, work: () => Promise<T>): Promise<T>
  request<T>(name: string, options: LockOptions, work: () => Promise<T>): Promise<T>
}

/** Whether anybody can see the page. */
export interface Visibility {
  hidden(): boolean
  /** Calls `listener` at every change; what it returns ends that. */
  onChange(listener: () => void): () => void
}

/** A BroadcastChannel, as far as it is used here. */
export interface Channel {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  close(): void
}

/** `localStorage` and `sessionStorage` are ones. */
export interface KeyStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** All that the client does not do itself. Tests hand in their own. */
export interface Environment {
  readonly fetch: Fetch
  readonly timer: Timer
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** Milliseconds since the epoch, the same in all tabs. */
  readonly epochMs: () => number
  /** In [0, 1). */
  readonly random: () => number
  readonly newKey: () => string
  /** Undefined where there are none: then one client at a time must use a shared token store. */
  readonly locks: Locks | undefined
  readonly channel: ((name: string) => Channel) | undefined
  /** Undefined where there is no page: then it is never hidden. */
  readonly visibility: Visibility | undefined
  /** The origin of the page that this runs in, if in any. */
  readonly pageOrigin: string | undefined
}

const platformTimer: Timer = (work, ms) => {
  const timer = setTimeout(work, ms)
  return () => clearTimeout(timer)
}

function platformLocks(): Locks | undefined {
  const holder: unknown = Reflect.get(globalThis, 'navigator')
  const locks: unknown =
    typeof holder === 'object' && holder !== null ? Reflect.get(holder, 'locks') : undefined
  if (typeof locks !== 'object' || locks === null || !('request' in locks)) return undefined
  // The platform's own type is not in every environment that this is compiled for.
  return locks as Locks
}

function pageOrigin(): string | undefined {
  const found: unknown = Reflect.get(globalThis, 'location')
  if (typeof found !== 'object' || found === null) return undefined
  const origin: unknown = Reflect.get(found, 'origin')
  return typeof origin === 'string' ? origin : undefined
}

/** A browser's `document`, as far as it is used here. */
interface PageDocument {
  readonly visibilityState: string
  addEventListener(type: 'visibilitychange', listener: () => void): void
  removeEventListener(type: 'visibilitychange', listener: () => void): void
}

function pageVisibility(): Visibility | undefined {
  const found: unknown = Reflect.get(globalThis, 'document')
  if (typeof found !== 'object' || found === null || !('visibilityState' in found)) return undefined
  // As above: the platform's own type is not in every environment.
  const page = found as PageDocument
  return {
    hidden: () => page.visibilityState === 'hidden',
    onChange(listener) {
      page.addEventListener('visibilitychange', listener)
      return () => page.removeEventListener('visibilitychange', listener)
    },
  }
}

/** A channel holds a process open in Node and Bun; following what other tabs do must not. */
function openChannel(name: string): Channel {
  const channel = new BroadcastChannel(name)
  if ('unref' in channel && typeof channel.unref === 'function') channel.unref()
  return channel
}

/** A memory that ends with the page. */
export function memoryStorage(): KeyStorage {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

/**
 * A key that nobody else has, such as an `Idempotency-Key`: a UUID version 7 (RFC 9562, 5.7), 48 bits
 * of milliseconds since the epoch and 74 random ones. pedidos writes orders whose keys tell their
 * moment side by side, which is faster. `crypto.randomUUID` is missing on pages that came without TLS,
 * and makes none of this version.
 */
export function newKey(epochMs: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const moment = epochMs.toString(16).padStart(12, '0')
  const variant = ((Number.parseInt(random.slice(3, 4), 16) & 0x3) | 0x8).toString(16)
  return [
    moment.slice(0, 8),
    moment.slice(8),
    `7${random.slice(0, 3)}`,
    `${variant}${random.slice(4, 7)}`,
    random.slice(7, 19),
  ].join('-')
}

export function platform(): Environment {
  return {
    fetch: (input, init) => fetch(input, init),
    timer: platformTimer,
    now: () => performance.now(),
    epochMs: Date.now,
    random: Math.random,
    newKey,
    locks: platformLocks(),
    channel: typeof BroadcastChannel === 'undefined' ? undefined : openChannel,
    visibility: pageVisibility(),
    pageOrigin: pageOrigin(),
  }
}
