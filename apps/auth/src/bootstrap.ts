import { ConfigError } from '@encargo/service-kit/run/config'
import {
  ensureServiceSecrets,
  serviceAccountNames,
  serviceAccounts,
  type ServiceSecrets,
} from '@encargo/service-kit/identity/service-accounts'
import type { Logger } from '@encargo/service-kit/run/logger'
import { type AdminConfig, adminPasswordError, type AuthConfig } from './config.ts'
import { solapeSecretosMs } from './domain/cuenta-servicio.ts'
import type { Cuentas } from './domain/cuentas.ts'
import { openKeyFolder } from './security/key-folder.ts'
import { fixedKeyRing, type KeyRing } from './security/key-ring.ts'
import { hashSecreto } from './security/secretos.ts'
import { readSigningKey } from './security/signing-key.ts'
import type { CuentaServicioStore } from './store/port.ts'

interface KeyRingOptions {
  /** `AUTH_SIGNING_KEY`; without it the keys of `dataDir` are used, and made. */
  readonly fromEnvironment: string | undefined
  readonly dataDir: string
  readonly now: () => number
  readonly logger: Logger
}

/** @throws StartError for a key folder that holds something else */
export async function openKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  const { fromEnvironment, logger } = options
  if (fromEnvironment === undefined) {
    const onError = () => logger.error('the key folder cannot be read, the known keys stay in use')
    return await openKeyFolder({ ...options, onError })
  }
  return fixedKeyRing(await readSigningKey(fromEnvironment))
}

/** The secrets of the service accounts: what the environment brings, else what was generated. */
export async function serviceSecrets(config: AuthConfig, dataDir: string): Promise<ServiceSecrets> {
  const { PEDIDOS_CLIENT_SECRET: pedidos, PAGOS_CLIENT_SECRET: pagos } = config
  if (pedidos !== undefined && pagos !== undefined) return { pedidos, pagos }
  const generated = await ensureServiceSecrets(dataDir)
  return { pedidos: pedidos ?? generated.pedidos, pagos: pagos ?? generated.pagos }
}

/** Registers the service accounts with their scopes and secrets, as this version wants them. */
export async function registerServices(
  cuentas: CuentaServicioStore,
  secrets: ServiceSecrets,
  { now, logger }: { now: number; logger: Logger },
): Promise<void> {
  for (const id of serviceAccountNames) {
    await cuentas.registrar({ id, scopes: serviceAccounts[id] }, now)
    const hash = hashSecreto(id, secrets[id])
    const solapeHasta = now + solapeSecretosMs
    const result = await cuentas.ponerSecreto({ cuentaId: id, hash, now, solapeHasta })
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
export async function ensureFirstAdmin(
  cuentas: Cuentas,
  store: { hayAdmin(): Promise<boolean> },
  { admin, logger }: { admin: AdminConfig | undefined; logger: Logger },
): Promise<void> {
  if (!admin) {
    if (await store.hayAdmin()) return
    logger.warn('there is no admin yet: set ADMIN_EMAIL and ADMIN_PASSWORD and start again')
    return
  }
  const result = await cuentas.asegurarAdmin(admin)
  if (result === 'creado') logger.info('the first admin was created')
  if (result === 'password-debil') {
    throw adminPasswordError()
  }
  if (result === 'email-en-uso') {
    throw new ConfigError(
      'ADMIN_EMAIL must be an e-mail that nobody has registered, as whoever did knows its password',
    )
  }
}
