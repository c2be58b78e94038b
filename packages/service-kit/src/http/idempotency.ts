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
