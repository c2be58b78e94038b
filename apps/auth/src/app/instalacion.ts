import {
  type ServiceAccount,
  serviceAccountNames,
  serviceAccounts,
  type ServiceSecrets,
} from '@encargo/service-kit/identity/service-accounts'
import { ConfigError } from '@encargo/service-kit/run/config'
import type { Logger } from '@encargo/service-kit/run/logger'
import { type AdminConfig, adminPasswordError } from '../config.ts'
import { solapeSecretosMs } from '../domain/cuenta-servicio.ts'
import type { CuentaServicioStore } from '../ports/servicios.ts'
import { hashSecreto } from '../domain/secretos.ts'
import type { Cuentas } from './cuentas.ts'

interface Registro {
  readonly now: number
  readonly logger: Logger
  /** Those whose secret was made on this machine, while others may know another one. */
  readonly hechos?: readonly ServiceAccount[]
}

/**
 * Registers the service accounts with their scopes and secrets, as this version wants them.
 * @throws ConfigError when one was made here, and those who share the database have another
 */
export async function registrarServicios(
  cuentas: CuentaServicioStore,
  secrets: ServiceSecrets,
  { now, logger, hechos = [] }: Registro,
): Promise<void> {
  for (const id of serviceAccountNames) {
    await cuentas.registrar({ id, scopes: serviceAccounts[id] }, now)
    const hash = hashSecreto(id, secrets[id])
    const solapeHasta = now + solapeSecretosMs
    const soloPrimero = hechos.includes(id)
    const result = await cuentas.ponerSecreto({ cuentaId: id, hash, now, solapeHasta, soloPrimero })
    if (result === 'ajeno') {
      throw new ConfigError(
        `${id.toUpperCase()}_CLIENT_SECRET must be the same for all that share the database, and the one in this DATA_DIR is another: set it everywhere`,
      )
    }
    if (result === 'caducado') {
      logger.warn('the configured secret of a service account was replaced, so it is refused', {
        cuenta: id,
      })
    }
  }
}

/**
 * Creates the first admin, or says in one line what to set where there is none.
 * @throws ConfigError when somebody else has the e-mail
 */
export async function asegurarPrimerAdmin(
  cuentas: Cuentas,
  { admin, logger }: { admin: AdminConfig | undefined; logger: Logger },
): Promise<void> {
  const result = await cuentas.asegurarAdmin(admin)
  if (result === 'falta') {
    logger.warn('there is no admin yet: set ADMIN_EMAIL and ADMIN_PASSWORD and start again')
  }
  if (result === 'creado') logger.info('the first admin was created')
  if (result === 'password-debil') throw adminPasswordError()
  if (result === 'email-en-uso') {
    throw new ConfigError(
      'ADMIN_EMAIL must be an e-mail that nobody has registered, as whoever did knows its password',
    )
  }
}
