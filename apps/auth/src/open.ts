import { Background } from '@encargo/service-kit/async/background'
import { remoteAddressOf } from '@encargo/service-kit/http/edge/remote-address'
import {
  ensureServiceSecrets,
  serviceAccountNames,
  type ServiceSecrets,
} from '@encargo/service-kit/identity/service-accounts'
import type { EnviarMensaje } from '@encargo/service-kit/mail/message'
import { mailerOf } from '@encargo/service-kit/mail/settings'
import { resolveDataDir } from '@encargo/service-kit/run/data-dir'
import { foundation, opening } from '@encargo/service-kit/run/foundation'
import { describeError } from '@encargo/service-kit/run/logger'
import type { Outside } from '@encargo/service-kit/run/outside'
import { openServiceDatabase } from '@encargo/service-kit/run/service-data-dir'
import type { Engine } from '@encargo/storage'
import { createAcceso } from './app/acceso.ts'
import { Cartero } from './app/cartero.ts'
import { createClaves } from './app/claves.ts'
import { createConfirmar } from './app/confirmar.ts'
import { createCuentas } from './app/cuentas.ts'
import { createFrenos } from './app/frenos.ts'
import { asegurarPrimerAdmin, registrarServicios } from './app/instalacion.ts'
import { createPersonal } from './app/personal.ts'
import { createPurga } from './app/purga.ts'
import { createReglaPassword } from './app/regla-password.ts'
import { createRestablecer } from './app/restablecer.ts'
import { adminOf, type AuthConfig, mailOf, primeraCara } from './config.ts'
import { redactar } from './domain/mensaje.ts'
import { createApp } from './http/app.ts'
import { createCorreoMetrics, verCorreos } from './http/correos-visibles.ts'
import type { EstimatePassword } from './ports/seguridad.ts'
import { createAccessTokens } from './security/access-tokens.ts'
import { Estimator } from './security/estimator.ts'
import { openKeyFolder } from './security/key-folder.ts'
import { openKeyTable, sealSecret } from './security/key-table.ts'
import { fixedKeyRing, type KeyRing } from './security/key-ring.ts'
import { Argon2, type Argon2Options } from './security/passwords.ts'
import { readSigningKey } from './security/signing-key.ts'
import { renovarClaves } from './store/claves.ts'
import { ponerPalabras } from './store/palabras.ts'
import { createClaveFirmaStore } from './store/postgres/claves-firma.ts'
import { openAuthPostgres } from './store/postgres/open.ts'
import { openAuthStorage } from './store/sqlite/open.ts'
import { createAuthStore } from './store/store.ts'

/** How long work that nobody waits for may take to end when the service stops. */
const lastWorkMs = 1_000

/** The world, and what a test may put in the place of what is slow or far away. */
export interface AuthOutside extends Outside {
  readonly hashing?: Argon2Options
  readonly estimate?: EstimatePassword
  readonly enviar?: EnviarMensaje
  /** The remote address of a request, or null where there is none. */
  readonly direccionDe?: (request: Request) => string | null
}

/**
 * The keys of the environment, else those of the database where several processes share it, else those of
 * the data folder; they are made where there are none.
 */
async function openKeyRing(
  config: AuthConfig,
  dataDir: string,
  engine: Engine,
  { clock, logger }: Outside,
): Promise<KeyRing> {
  if (config.AUTH_SIGNING_KEY !== undefined) {
    return fixedKeyRing(await readSigningKey(config.AUTH_SIGNING_KEY))
  }
  const onError = (error: unknown) =>
    logger.error('the signing keys cannot be read, the known ones stay in use', {
      error: describeError(error),
    })
  if (!engine.shared) return await openKeyFolder({ dataDir, clock, onError })
  const secret = await sealSecret(config.AUTH_KEY_SECRET, dataDir)
  return await openKeyTable({ store: createClaveFirmaStore(engine), secret, clock, onError })
}

/** The secrets that the environment brings. */
const configured = (config: AuthConfig) => ({
  pedidos: config.PEDIDOS_CLIENT_SECRET,
  pagos: config.PAGOS_CLIENT_SECRET,
})

/** The secrets of the service accounts: what the environment brings, else what was generated. */
async function serviceSecrets(config: AuthConfig, dataDir: string): Promise<ServiceSecrets> {
  const { pedidos, pagos } = configured(config)
  if (pedidos !== undefined && pagos !== undefined) return { pedidos, pagos }
  const generated = await ensureServiceSecrets(dataDir)
  return { pedidos: pedidos ?? generated.pedidos, pagos: pagos ?? generated.pagos }
}

/**
 * Puts auth together and makes what is missing: keys, service accounts, the first admin.
 * @throws ConfigError, StartError or StorageOpenError, and then nothing stays open
 */
export const open = (config: AuthConfig, outside: AuthOutside) =>
  opening(async (onClose) => {
    const admin = adminOf(config)
    const mail = mailOf(config)
    const dataDir = resolveDataDir(config.DATA_DIR)
    const openers = { sqlite: openAuthStorage, postgres: openAuthPostgres }
    const storage = await openServiceDatabase(config, 'auth', openers, {
      ...outside,
      onClose,
    })
    const store = outside.around(createAuthStore(storage, primeraCara(config)))
    const { logger, timer, uuid } = outside
    const ports = outside.around({
      openKeyRing,
      serviceSecrets,
      enviar: outside.enviar ?? mailerOf(mail, dataDir, logger),
    })
    const ring = await ports.openKeyRing(config, dataDir, storage, outside)
    const issuer = config.AUTH_ISSUER ?? config.AUTH_URL
    const claves = (by: typeof outside.clock) =>
      createClaves({ ring, issuer, auditoria: store.auditoria, clock: by })
    const keys = {
      fetchKeys: claves(outside.clock),
      // Its own answer is at hand, so it is never older than a second here.
      refetchMs: 1_000,
      refreshMs: 1_000,
      staleMs: 1_000,
    }
    // Accounts may stay as they are for years, so they don't tell how late it is.
    const { clock, common } = foundation({ config, outside, storage, keys, onClose })
    const estimator = new Estimator(timer)
    onClose(() => estimator.close())

    const passwords = await Argon2.create(outside.hashing)
    const regla = createReglaPassword(outside.estimate ?? estimator.estimate)
    const frenos = createFrenos(store, clock)
    const metrics = createCorreoMetrics(store.correos, outside.clock)
    const cartero = new Cartero({
      correos: store.correos,
      redactar: async (correo) => {
        const { cara } = await store.tienda.leer()
        return redactar(correo, mail.paginas, cara)
      },
      enviar: ports.enviar,
      clock,
      timer,
      logger,
      observar: metrics.observar,
    })
    onClose(() => cartero.parar())
    let started = false
    const correoDebido = () => void (started && cartero.despertar())
    const firmar = createAccessTokens({ ring, issuer, clock, uuid })
    const deps = { store, passwords, regla, frenos, firmar, clock, uuid, correoDebido }
    const cuentas = createCuentas(deps)

    await ponerPalabras(storage)
    const repetidos = await renovarClaves(storage)
    if (repetidos.length > 0) {
      const message =
        'these accounts share their e-mail with others, who are the ones that sign in by it'
      const usuarios = repetidos.slice(0, 20)
      logger.warn(message, { usuarios, total: repetidos.length })
    }
    const secrets = await ports.serviceSecrets(config, dataDir)
    const hechos = storage.shared ? serviceAccountNames.filter((id) => !configured(config)[id]) : []
    await registrarServicios(store.cuentas, secrets, {
      now: outside.clock.epochMs(),
      logger,
      hechos,
    })
    await asegurarPrimerAdmin(cuentas, { admin, logger })
    // The word lists that judged the first admin's password are not needed for now.
    await estimator.close()

    const background = new Background(logger)
    onClose(() =>
      Promise.race([background.idle(), new Promise<void>((end) => timer(end, lastWorkMs))]),
    )
    const toca = () => storage.holds('purga')
    const purga = createPurga({ store, toca, clock, timer, logger })
    onClose(() => purga.stop())
    const app = createApp({
      ...common,
      health: { ...common.health, pending: () => verCorreos(store.correos) },
      addMetrics: metrics.add,
      store,
      acceso: createAcceso(deps),
      cuentas,
      personal: createPersonal(deps),
      restablecer: createRestablecer({ ...deps, background }),
      confirmar: createConfirmar(deps),
      claves: claves(clock),
      issuer,
      // Behind tienda, which has the only port.
      camino: config.PUERTO_UNICO === undefined ? '' : '/api/auth',
      clock,
      uuid,
      direccionDe: outside.direccionDe ?? remoteAddressOf,
    })
    const start = () => {
      started = true
      correoDebido()
      void purga.wake()
    }
    return { app, start, storage, store, ring, cuentas, cartero, background }
  })
