import { join } from 'node:path'
import {
  createLogger,
  type Environment,
  parseConfig,
  remoteAddressOf,
  resolveDataDir,
  type Running,
  runService,
  serve,
  TokenVerifier,
  trustedProxies,
  withPeerOrigins,
} from '@encargo/service-kit'
import { createApp } from './app.ts'
import { ensureFirstAdmin, openKeyRing, registerServices, serviceSecrets } from './bootstrap.ts'
import { Background } from './background.ts'
import { adminOf, AuthConfig } from './config.ts'
import { createCuentas } from './domain/cuentas.ts'
import { createFrenos } from './domain/frenos.ts'
import { createReglaPassword } from './domain/regla-password.ts'
import type { AvisoRestablecer } from './domain/restablecer.ts'
import { folderMailer, smtpMailer } from './mail/mailer.ts'
import { correoRestablecer } from './mail/restablecer.ts'
import { startPurging } from './purge.ts'
import { clavesDeAuth } from './routes/jwks.ts'
import { Estimator } from './security/estimator.ts'
import { Passwords } from './security/passwords.ts'
import type { AuthStore } from './store/port.ts'
import { type OpenAuthStore, openAuthStore } from './store/sqlite.ts'

const now = () => new Date()
const newId = () => Bun.randomUUIDv7()

/** How long a mail under way may take to end when the service stops. */
const lastMailMs = 1_000

async function purge(store: AuthStore): Promise<number> {
  const { sesiones, frenos, restablecimientos } = store
  const gone = [sesiones, frenos, restablecimientos].map((one) => one.purgar(Date.now()))
  return Math.max(...(await Promise.all(gone)))
}

async function startWith(config: AuthConfig, dataDir: string, store: OpenAuthStore) {
  const logger = createLogger({ service: 'auth', level: config.LOG_LEVEL })
  const fromEnvironment = config.AUTH_SIGNING_KEY
  const ring = await openKeyRing({ fromEnvironment, dataDir, now: Date.now, logger })
  // Its own answer is at hand, so it is never older than a second here.
  const fetchKeys = () => clavesDeAuth({ ring, auditoria: store.auditoria, now })
  const aSecond = { refetchMs: 1_000, refreshMs: 1_000, staleMs: 1_000 }
  const verifier = new TokenVerifier({ fetchKeys, ...aSecond })
  const passwords = await Passwords.create()
  const estimator = new Estimator()
  const { estimate } = estimator
  const background = new Background(logger)
  const enviar = config.SMTP_URL
    ? smtpMailer(config.SMTP_URL, config.MAIL_FROM)
    : folderMailer(join(dataDir, 'correo'), config.MAIL_FROM, logger)
  const avisar = (aviso: AvisoRestablecer) =>
    enviar(correoRestablecer(aviso, config.PASSWORD_RESET_URL))
  const deps = { store, passwords, estimate, now, newId }

  if (store.repetidos.length > 0) {
    const message =
      'these accounts share their e-mail with others, who are the ones that sign in by it'
    logger.warn(message, { usuarios: store.repetidos.slice(0, 20), total: store.repetidos.length })
  }
  const secrets = await serviceSecrets(config, dataDir)
  await registerServices(store.cuentas, secrets, { now: Date.now(), logger })
  const admin = adminOf(config)
  const frenos = createFrenos(store, now)
  const regla = createReglaPassword(estimate)
  try {
    const cuentas = createCuentas({ ...deps, regla, frenos })
    await ensureFirstAdmin(cuentas, store.usuarios, { admin, logger })
  } finally {
    // The word lists that judged the first admin's password are not needed for now.
    await estimator.close()
  }

  const app = createApp({
    ...deps,
    avisar,
    background,
    ring,
    verifier,
    logger,
    health: { storage: () => store.storage.health() },
    corsOrigins: config.CORS_ORIGINS,
    rateLimit: config.RATE_LIMIT,
    direccionDe: remoteAddressOf,
  })
  const purging = startPurging({ purge: () => purge(store), logger })
  const close = async () => {
    // A mail server that does not answer must not keep the process from stopping in time.
    await Promise.race([background.idle(), Bun.sleep(lastMailMs)])
    await purging.stop()
    await estimator.close()
    await store.storage.close()
  }
  try {
    const listening = {
      hostname: config.HOST,
      port: config.AUTH_PORT,
      trustProxy: trustedProxies(config.TRUST_PROXY),
    }
    return serve(app, { name: 'auth', ...listening, logger, close })
  } catch (error) {
    await purging.stop()
    throw error
  }
}

/**
 * Starts auth: opens its database, makes what is missing, listens.
 * @throws ConfigError, StartError or StorageOpenError, and then nothing stays open
 */
export async function start(env: Environment): Promise<Running> {
  const config = parseConfig(AuthConfig, withPeerOrigins(env))
  adminOf(config)
  const dataDir = resolveDataDir(config.DATA_DIR)
  const store = openAuthStore(join(dataDir, 'auth.db'))
  try {
    return await startWith(config, dataDir, store)
  } catch (error) {
    await store.storage.close()
    throw error
  }
}

if (import.meta.main) await runService('auth', start)
