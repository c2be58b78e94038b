import { processTimer } from '@encargo/service-kit/async/timer'
import { type Place, placeOf } from '@encargo/service-kit/run/place'
import { adminOf, adminPasswordError, type AuthConfig } from '../../apps/auth/src/config.ts'
import { createReglaPassword } from '../../apps/auth/src/app/regla-password.ts'
import { nombrePrimerAdmin } from '../../apps/auth/src/domain/regla-password.ts'
import { Estimator } from '../../apps/auth/src/security/estimator.ts'
import { hayAdminEnServidor } from '../../apps/auth/src/store/postgres/hay-admin.ts'
import { hayAdminEn } from '../../apps/auth/src/store/sqlite/hay-admin.ts'

/** Whether a shop has an admin who can sign in, asked before auth is started. */
export async function hasAdmin(place: Place): Promise<boolean> {
  return place.engine === 'sqlite' ? hayAdminEn(place.file) : await hayAdminEnServidor(place.url)
}

/**
 * Judges the first admin's password as auth will, before anything is started that auth's refusal
 * would stop again. One that is not needed any more is not judged.
 * @throws ConfigError for one that is easily guessed
 */
export async function checkFirstAdmin(config: AuthConfig): Promise<void> {
  const admin = adminOf(config)
  if (!admin || (await hasAdmin(placeOf('auth', config)))) return
  const estimator = new Estimator(processTimer)
  try {
    const regla = createReglaPassword(estimator.estimate)
    const titular = { email: admin.email, nombre: nombrePrimerAdmin }
    if (await regla(admin.password, titular)) throw adminPasswordError()
  } finally {
    await estimator.close()
  }
}
