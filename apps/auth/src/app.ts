import { appOptions, service, type ServiceOptions } from '@encargo/service-kit/http/service'
import type { Logger } from '@encargo/service-kit/run/logger'
import type { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { Elysia } from 'elysia'
import type { Registry } from 'prom-client'
import type { Background } from './background.ts'
import { createAcceso } from './domain/acceso.ts'
import { createCuentas } from './domain/cuentas.ts'
import { createFrenos } from './domain/frenos.ts'
import { createReglaPassword } from './domain/regla-password.ts'
import { createConfirmar } from './domain/confirmar.ts'
import { createRestablecer } from './domain/restablecer.ts'
import { accesoRoutes } from './routes/acceso.ts'
import { auditoriaRoutes } from './routes/auditoria.ts'
import { borradosRoutes } from './routes/borrados.ts'
import { confirmacionRoutes } from './routes/confirmacion.ts'
import { correosRoutes } from './routes/correos.ts'
import { estadosRoutes } from './routes/estados.ts'
import { createFrenoRegistro } from './routes/freno-registro.ts'
import { jwksRoutes } from './routes/jwks.ts'
import { meRoutes } from './routes/me.ts'
import { createOrigenDe } from './routes/origen.ts'
import { passwordRoutes } from './routes/password.ts'
import { registroRoutes } from './routes/registro.ts'
import { sesionesRoutes } from './routes/sesiones.ts'
import { usuariosRoutes } from './routes/usuarios.ts'
import { createAccessTokens } from './security/access-tokens.ts'
import type { EstimatePassword } from './security/estimator.ts'
import type { KeyRing } from './security/key-ring.ts'
import type { Passwords } from './security/passwords.ts'
import type { AuthStore } from './store/port.ts'

export interface AuthDeps {
  readonly store: AuthStore
  readonly ring: KeyRing
  /** The origin that others know this service by; what its tokens say as `iss`. */
  readonly issuer: string
  /** Checks the tokens that this service itself is called with, by the same keys. */
  readonly verifier: TokenVerifier
  readonly passwords: Passwords
  /** How hard a password is to guess. */
  readonly estimate: EstimatePassword
  /** Tells that a mail is owed, so that it is sent at once. */
  readonly correoDebido: () => void
  readonly background: Background
  readonly logger: Logger
  readonly health: ServiceOptions['health']
  readonly addMetrics?: (registry: Registry) => void
  readonly corsOrigins: readonly string[]
  readonly rateLimit?: 'on' | 'off'
  readonly now: () => Date
  readonly newId: () => string
  /** The remote address of a request, or null where there is none. */
  readonly direccionDe: (request: Request) => string | null
}

/** Identities and tokens: users, sessions, service accounts and the keys that sign. */
export function createApp(deps: AuthDeps) {
  const { store, ring, issuer, now } = deps
  const frenos = createFrenos(store, now)
  const firmar = createAccessTokens(deps)
  const acceso = createAcceso({ ...deps, frenos, firmar })
  const regla = createReglaPassword(deps.estimate)
  const cuentas = createCuentas({ ...deps, regla, frenos })
  const restablecer = createRestablecer({ ...deps, regla })
  const confirmar = createConfirmar(deps)
  const ms = () => now().getTime()
  const freno = deps.rateLimit === 'on' ? createFrenoRegistro(ms) : undefined
  const origenDe = createOrigenDe(deps.direccionDe)
  const base = service({
    name: 'auth',
    description:
      'Identidades: cuentas, sesiones y los tokens con los que se llama a todo lo demás.',
    logger: deps.logger,
    verifier: deps.verifier,
    health: deps.health,
    corsOrigins: deps.corsOrigins,
    rateLimit: deps.rateLimit ?? 'off',
    ...(deps.addMetrics && { addMetrics: deps.addMetrics }),
  })
  return new Elysia({ ...appOptions })
    .use(base)
    .use(registroRoutes(base, { cuentas, origenDe, freno }))
    .use(accesoRoutes(base, { acceso, origenDe }))
    .use(jwksRoutes(base, { ring, issuer, auditoria: store.auditoria, now }))
    .use(passwordRoutes(base, { restablecer, background: deps.background, origenDe }))
    .use(confirmacionRoutes(base, { confirmar, store, origenDe }))
    .use(meRoutes(base, { cuentas, store, origenDe, now }))
    .use(sesionesRoutes(base, { store, origenDe, now }))
    .use(borradosRoutes(base, { auditoria: store.auditoria }))
    .use(correosRoutes(base, { correos: store.correos }))
    .use(estadosRoutes(base, { usuarios: store.usuarios }))
    .use(usuariosRoutes(base, { store, origenDe, now }))
    .use(auditoriaRoutes(base, { auditoria: store.auditoria }))
}

export type AuthApp = ReturnType<typeof createApp>
