import { setImmediate as nextTurn } from 'node:timers/promises'
import { delivered, handedOver, type Init } from './handing-over.ts'

/** A way in that can be closed. */
export interface Door {
  /** Takes in nothing new; resolves when the last is answered. */
  stop(): Promise<void>
  /** Breaks off what is still under way. */
  end(): void
  /** How many are under way. */
  readonly pending: number
}

type Handle = (request: Request) => Promise<Response>

/** What `fetch` says where nobody listens: by its `code` whoever asks knows that nobody saw the request. */
const refusedAt = (url: string) =>
  Object.assign(new TypeError(`Unable to connect: nobody answers any more at ${url}`), {
    code: 'ECONNREFUSED',
  })

/** And where the connection ends before the answer does. */
const brokenOff = () =>
  Object.assign(new TypeError('The call was broken off: who answers it stops'), {
    code: 'ECONNRESET',
  })

const addressOf = (input: string | URL | Request) =>
  typeof input === 'string' ? input : input instanceof URL ? input.href : input.url

/** The origin of an address as it is written; cheaper than parsing it. */
function originOf(address: string): string {
  const end = address.indexOf('/', address.indexOf('://') + 3)
  return end < 0 ? address : address.slice(0, end)
}

/** So many calls go through in one turn of the event loop: who asks on and on keeps no timer waiting. */
const callsPerTurn = 32

type BreakOff = (reason: unknown) => void

/** One service in this process, and what is under way to it. */
class Place implements Door {
  readonly #handle: Handle
  readonly #calls = new Set<BreakOff>()
  readonly #idle = Promise.withResolvers<void>()
  #open = true

  constructor(handle: Handle) {
    this.#handle = handle
  }

  get pending(): number {
    return this.#calls.size
  }

  stop(): Promise<void> {
    this.#open = false
    if (this.#calls.size === 0) this.#idle.resolve()
    return this.#idle.promise
  }

  end(): void {
    for (const breakOff of this.#calls) breakOff(brokenOff())
    // Whoever works on for nobody is not waited for.
    this.#idle.resolve()
  }

  /** Settles as the answer, or rejects at once when the caller gives up: what comes then is let go of. */
  call(input: string | URL | Request, init: Init): Promise<Response> {
    const caller = init?.signal ?? (input instanceof Request ? input.signal : undefined)
    caller?.throwIfAborted()
    if (!this.#open) throw refusedAt(addressOf(input))
    const call = new AbortController()
    const request = handedOver(input, init, call.signal)
    const { promise, resolve, reject } = Promise.withResolvers<Response>()
    const breakOff: BreakOff = (reason) => {
      call.abort(reason)
      reject(reason)
    }
    const giveUp = () => breakOff(caller?.reason)
    const over = () => {
      caller?.removeEventListener('abort', giveUp)
      this.#calls.delete(breakOff)
      if (!this.#open && this.#calls.size === 0) this.#idle.resolve()
    }
    caller?.addEventListener('abort', giveUp)
    this.#calls.add(breakOff)
    this.#answer(request, call, over).then((response) => {
      if (call.signal.aborted) response.body?.cancel().catch(() => undefined)
      else resolve(response)
    }, reject)
    return promise
  }

  async #answer(request: Request, call: AbortController, over: () => void): Promise<Response> {
    try {
      return await delivered(request, await this.#handle(request), call, over)
    } catch (error) {
      over()
      throw error
    }
  }
}

/**
 * The services that run in this process, by the origins at which they are called. Its `fetch` takes a
 * request to one of them there without a socket, and any other to the network. Neither side can tell
 * the difference, but by the time that it takes:
 *
 * - who gives up is rejected at once, and the other side's `request.signal` tells;
 * - bodies that stream do so both ways, at the pace of their reader, and break for both when for one;
 * - headers are those of a connection; nobody's objects are anybody else's;
 * - who stops refuses, as a closed port does.
 *
 * Redirects are not followed: between services there are none.
 */
export class Wire {
  readonly #places = new Map<string, Place>()
  readonly #elsewhere: typeof fetch
  #inTurn = 0

  constructor(elsewhere: typeof fetch = fetch) {
    this.#elsewhere = elsewhere
  }

  readonly fetch: typeof fetch = Object.assign(
    async (input: string | URL | Request, init?: Init) => {
      const place = this.#places.get(originOf(addressOf(input)))
      if (place === undefined) return await this.#elsewhere(input, init)
      if (this.#inTurn === 0) setImmediate(() => (this.#inTurn = 0))
      this.#inTurn += 1
      if (this.#inTurn > callsPerTurn) await nextTurn()
      return await place.call(input, init)
    },
    { preconnect: fetch.preconnect },
  )

  /** From now on `handle`, which never rejects, answers what is asked of `origin`. */
  attach(origin: string, handle: Handle): Door {
    const place = new Place(handle)
    this.#places.set(origin, place)
    return place
  }
}
