import { Type } from '@sinclair/typebox'
import { cabeceras } from './schemas.ts'

/** The value of an `Idempotency-Key`: 1 to 255 printable ASCII characters. */
export const ClaveIdempotencia = Type.Optional(
  Type.String({
    pattern: '^[\\x20-\\x7e]{1,255}$',
    error: 'debe tener de 1 a 255 caracteres imprimibles',
    description: 'Una clave por intento de cambio; repetirla no lo hace dos veces',
  }),
)

/** The header of a write that may be repeated. */
export const ConIdempotencyKey = cabeceras({ 'idempotency-key': ClaveIdempotencia })

/** How long a key is kept, in milliseconds. */
export const idempotencyTtlMs = 24 * 60 * 60 * 1000

/** The first answer to a key, to be given again. `huella` tells the request it answered. */
export interface RespuestaGuardada {
  readonly huella: string
  readonly status: number
  readonly cuerpo: unknown
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, canonical(member)]),
  )
}

/** SHA-256 over operation and body; the order of the members does not matter. */
export function huellaDe(operation: string, body: unknown): string {
  const hash = new Bun.CryptoHasher('sha256')
  return hash.update(JSON.stringify([operation, canonical(body)])).digest('hex')
}
