import {
  type MotivoDebil,
  motivoDebil,
  textosPersonales,
  type Titular,
} from '../domain/regla-password.ts'
import type { EstimatePassword } from '../ports/seguridad.ts'

/** @throws QueueFullError when too many passwords wait to be judged */
export type ReglaPassword = (password: string, titular: Titular) => Promise<MotivoDebil | undefined>

/** Why a password must not be taken, if so. Length is the schema's business. */
export function createReglaPassword(estimate: EstimatePassword): ReglaPassword {
  return async (password, titular) =>
    motivoDebil(await estimate(password, textosPersonales(titular)))
}
