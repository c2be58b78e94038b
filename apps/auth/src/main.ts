import { join } from 'node:path'
import { createLogger } from '@encargo/service-kit/run/logger'
import { type Environment, parseConfig, withPeerOrigins } from '@encargo/service-kit/run/config'
import { openServiceDatabase, serviceDataDir } from '@encargo/service-kit/run/service-data-dir'
import { remoteAddressOf } from '@encargo/service-kit/http/edge/remote-address'
import { type Running, serve } from '@encargo/service-kit/http/serve'
import { runService } from '@encargo/service-kit/run/run'
import { serviceClock } from '@encargo/service-kit/run/wall-clock'
import { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { trustedProxies } from '@encargo/service-kit/values/trusted-proxies'
import { createApp } from './app.ts'
import { ensureFirstAdmin, openKeyRing, registerServices, serviceSecrets } from './bootstrap.ts'
import { Background } from './background.ts'
import { adminOf, AuthConfig, mailOf } from './config.ts'
import { createCuentas } from './domain/cuentas.ts'
import { createFrenos } from './domain/frenos.ts'
import { createReglaPassword } from './domain/regla-password.ts'
import { Cartero } from './mail/cartero.ts'
import { falloDe, folderMailer, smtpMailer } from './mail/mailer.ts'
import { redactar } from './mail/textos.ts'
import { createCorreoMetrics, verCorreos } from './mail/visible.ts'
import { startPurging } from './purge.ts'
import { clavesDeAuth } from './routes/jwks.ts'
import { Estimator } from './security/estimator.ts'
import { Passwords } from './security/passwords.ts'
import type { AuthStore } from './store/port.ts'
import { type OpenAuthStore, openAuthStore } from './store/sqlite.ts'

const newId = () => Bun.randomUUIDv7()

/** How long work that nobody waits for may take to end when the service stops. */
const lastWorkMs = 1_000

async function purge(store: AuthStore, now: () => Date): Promise<number> {
  const { sesiones, frenos, restablecimientos, confirmaciones, correos } = store
  const all = [sesiones, frenos, restablecimientos, confirmaciones, correos]
  const gone = all.map((one) => one.purgar(now().getTime()))
  return Math.max(...(await Promise.all(gone)))
}

async function startWith(config: AuthConfig, dataDir: string, store: OpenAuthStore) {
  const logger = createLogger({ service: 'auth', level: config.LOG_LEVEL })
  // Accounts may stay as they are for years, so they don't tell how late it is.
  const { now, healthy, stop } = serviceClock(null, config, logger)
  const fromEnvironment = config.AUTH_SIGNING_KEY
  const ring = await openKeyRing({ fromEnvironment, dataDir, now: Date.now, logger })
  const issuer = config.AUTH_ISSUER ?? config.AUTH_URL
  // Its own answer is at hand, so it is never older than a second here.
  const fetchKeys = () =>
    clavesDeAuth({ ring, issuer, auditoria: store.auditoria, now: () => new Date() })
  const aSecond = { refetchMs: 1_000, refreshMs: 1_000, staleMs: 1_000 }
  const verifier = new TokenVerifier({ fetchKeys, ...aSecond })
  const passwords = await Passwords.create()
  const estimator = new Estimator()
  const { estimate } = estimator
  const background = new Background(logger)
  const mail = mailOf(config)
  const enviar =
    mail.url === undefined
      ? folderMailer(join(dataDir, 'correo'), mail.from, logger)
      : smtpMailer(mail.url, mail.from)
  const { correos } = store
  const metrics = createCorreoMetrics(correos, Date.now)
  const cartero = new Cartero({
    correos,
    redactar: (correo) => redactar(correo, mail.paginas),
    enviar,
    falloDe,
    now,
    logger,
    observar: metrics.observar,
  })
  const correoDebido = () => void cartero.despertar()
  const deps = { store, passwords, estimate, now, newId, correoDebido }

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
    background,
    ring,
    issuer,
    verifier,
    logger,
    health: {
      storage: healthy(() => store.storage.health()),
      pending: () => verCorreos(correos),
    },
    addMetrics: metrics.add,
    corsOrigins: config.CORS_ORIGINS,
    rateLimit: config.RATE_LIMIT,
    direccionDe: remoteAddressOf,
  })
  const purging = startPurging({ purge: () => purge(store, now), logger })
  correoDebido()
  const close = async () => {
    await Promise.race([background.idle(), Bun.sleep(lastWorkMs)])
    await cartero.parar()
    await purging.stop()
    await estimator.close()
    stop()
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
    await cartero.parar()
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
  mailOf(config)
  const dataDir = serviceDataDir(config.DATA_DIR)
  const store = openServiceDatabase(dataDir, 'auth', openAuthStore)
  try {
    return await startWith(config, dataDir, store)
  } catch (error) {
    await store.storage.close()
    throw error
  }
}

if (import.meta.main) await runService('auth', start)
