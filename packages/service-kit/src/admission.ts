import { deadlineHeader } from '@encargo/circuit-breaker'
import { pathnameOf } from './pathname.ts'
import { problemResponse, retryAfter } from './plugins/errors.ts'
import { securityHeaders } from './plugins/security-headers.ts'
import { problema } from './problems.ts'

/** Asked for by machines that must get an answer from a busy service as well. */
const alwaysAdmitted = new Set(['/livez', '/readyz', '/metrics'])

export interface AdmissionOptions {
  /** How many requests may be under way at once; the next is refused at once, never queued. */
  readonly maxConcurrent: number
}

type Handle = (request: Request) => Response | Promise<Response>

function refuse(request: Request, detail: string): Response {
  const body = problema('servicio-no-disponible', { detail })
  return problemResponse(body, request, { ...securityHeaders, ...retryAfter(1000) })
}

/**
 * Bounds the work under way, so that overload bends the service and does not break it: what is
 * accepted is served in time, and the rest is told at once to come back.
 */
export class Admission {
  #running = 0
  #refused = 0
  readonly #max: number

  constructor({ maxConcurrent }: AdmissionOptions) {
    this.#max = maxConcurrent
  }

  /** Requests under way, and how many were refused since the start. */
  stats(): { running: number; refused: number } {
    return { running: this.#running, refused: this.#refused }
  }

  /** `handle`, admitted or refused with 503 and `Retry-After`; never waits. */
  guard(handle: Handle): Handle {
    return async (request) => {
      if (alwaysAdmitted.has(pathnameOf(request))) return handle(request)
      if (request.headers.get(deadlineHeader) === '0') {
        return refuse(request, 'Quien llama ya no espera la respuesta: su plazo se agotó.')
      }
      if (this.#running >= this.#max) {
        this.#refused += 1
        return refuse(
          request,
          'Hay demasiado trabajo en este momento. Inténtalo de nuevo en un segundo.',
        )
      }
      this.#running += 1
      try {
        return await handle(request)
      } finally {
        this.#running -= 1
      }
    }
  }
}
