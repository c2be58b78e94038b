import { valeReintentar } from '../api.ts'

/** Asked this often, somebody who waits is told why. */
const dichoTras = 2
const masLentoMs = 5_000

/**
 * For what a page is nothing without: as long as it may come by itself, it is asked for again, so
 * that the page mends when the service is back. A press on "try again" only asks sooner.
 */
export const insistente = {
  retry: (_: number, error: Error) => valeReintentar(error),
  retryDelay: (fallos: number) => Math.min(masLentoMs, 500 * 2 ** fallos),
} as const

interface Consulta {
  readonly error: Error | null
  readonly failureCount: number
  readonly failureReason: Error | null
}

/** Why there is nothing to show yet, where that is more than a hiccup. */
export const motivoDe = ({ error, failureCount, failureReason }: Consulta): Error | null =>
  error ?? (failureCount >= dichoTras ? failureReason : null)
