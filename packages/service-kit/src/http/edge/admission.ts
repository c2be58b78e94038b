import { deadlineHeader } from '@encargo/circuit-breaker'
import type { Places } from './arrivals.ts'
import { pathnameOf } from './pathname.ts'
import { notNow } from '../problems.ts'
import { tooBusy } from './read-body.ts'
import { refused } from './refused.ts'

/** Asked for by machines that must get an answer from a busy service as well. */
const alwaysAdmitted = new Set(['/livez', '/readyz', '/metrics'])

type Handle = (request: Request) => Response | Promise<Response>

function tooLate() {
  const detail = 'Quien llama ya no espera la respuesta: su plazo se agotó.'
  return notNow(detail, 1_000)
}

/**
 * Bounds the work under way, so that overload bends the service and does not break it: what is
 * accepted is served in time, and the rest is told at once to come back.
 */
export class Admission implements Places {
  #running = 0
  readonly #max: number

  /** How many requests may be under way at once; the next is refused at once, never queued. */
  constructor({ maxConcurrent }: { readonly maxConcurrent: number }) {
    this.#max = maxConcurrent
  }

  /** A request that only waits for its own body is no work. */
  leave(): void {
    this.#running -= 1
  }

  enter(): void {
    this.#running += 1
  }

  get crowded(): boolean {
    return this.#running > this.#max
  }

  /** `handle`, admitted or refused with 503 and `Retry-After`; never waits. */
  guard(handle: Handle): Handle {
    return async (request) => {
      if (alwaysAdmitted.has(pathnameOf(request))) return handle(request)
      if (request.headers.get(deadlineHeader) === '0') return refused(request, tooLate())
      if (this.#running >= this.#max) return refused(request, tooBusy())
      this.#running += 1
      try {
        return await handle(request)
      } finally {
        this.#running -= 1
      }
    }
  }
}
