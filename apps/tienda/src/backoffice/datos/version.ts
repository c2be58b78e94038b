import type { EdenAnswer } from '@encargo/client'
import { pedirConCabeceras } from '../../api.ts'

/** Whatever it is by now. */
export const cualquiera = '*'

/** What was read, and which version of it, so that a change can say what it is a change of. */
export interface ConVersion<T> {
  readonly datos: T
  /** The `ETag`, or any where there is none, for `If-Match` (RFC 9110, 13.1.1). */
  readonly version: string
}

/**
 * The data of a call with its version.
 * @throws FalloApi
 */
export async function pedirConVersion<A extends EdenAnswer>(llamada: Promise<A>) {
  const { data, headers } = await pedirConCabeceras(llamada)
  return { datos: data, version: headers.get('etag') ?? cualquiera }
}
