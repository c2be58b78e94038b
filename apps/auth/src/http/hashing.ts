import { notNow } from '@encargo/service-kit/http/problems'
import { QueueFullError } from '@encargo/service-kit/async/bounded-queue'

/** A flood of sign-ins is turned away instead of eating the machine: 503 with `Retry-After`. */
export async function hashing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof QueueFullError)) throw error
    const detail = 'Hay demasiados accesos a la vez. Inténtalo en unos segundos.'
    throw notNow(detail, 2_000)
  }
}
