import type { Clock } from '@encargo/service-kit/async/clock'
import { auditRoutes } from '@encargo/service-kit/http/audit-routes'
import { appOptions, service, type ServiceOptions } from '@encargo/service-kit/http/service'
import { Elysia } from 'elysia'
import type { Acceso } from '../app/acceso.ts'
import type { Claves } from '../app/claves.ts'
import type { ConfirmarEmail } from '../app/confirmar.ts'
import type { Cuentas } from '../app/cuentas.ts'
import type { Personal } from '../app/personal.ts'
import type { Restablecer } from '../app/restablecer.ts'
import { acciones } from '../domain/auditoria.ts'
import type { AuthStore } from '../ports/store.ts'
import { accesoRoutes } from './acceso.ts'
import { borradosRoutes } from './borrados.ts'
import { confirmacionRoutes } from './confirmacion.ts'
import { correosRoutes } from './correos.ts'
import { estadosRoutes } from './estados.ts'
import { createFrenoRegistro } from './freno-registro.ts'
import { invitadosRoutes } from './invitados.ts'
import { jwksRoutes } from './jwks.ts'
import { libretaPersonalRoutes } from './libreta-personal.ts'
import { libretaRoutes } from './libreta.ts'
import { meRoutes } from './me.ts'
import { createOrigenDe } from './origen.ts'
import { passwordRoutes } from './password.ts'
import { personalRoutes } from './personal.ts'
import { registroRoutes } from './registro.ts'
import { sesionesRoutes } from './sesiones.ts'
import { tiendaImagenesRoutes } from './tienda-imagenes.ts'
import { tiendaRoutes } from './tienda.ts'
import { usuariosRoutes } from './usuarios.ts'

export interface AuthDeps extends Omit<ServiceOptions, 'name' | 'description'> {
  readonly store: AuthStore
  readonly acceso: Acceso
  readonly cuentas: Cuentas
  readonly personal: Personal
  readonly restablecer: Restablecer
  readonly confirmar: ConfirmarEmail
  readonly claves: Claves
  /** The origin that others know this service by; what its tokens say as `iss`. */
  readonly issuer: string
  readonly camino: string
  readonly clock: Clock
  readonly uuid: () => string
  /** The remote address of a request, or null where there is none. */
  readonly direccionDe: (request: Request) => string | null
}

/** Identities and tokens: users, sessions, service accounts and the keys that sign; and whose shop it is. */
export function createApp(deps: AuthDeps) {
  const { store, cuentas, clock } = deps
  const nuevoFreno = () =>
    deps.rateLimit === 'on' ? createFrenoRegistro(clock.epochMs) : undefined
  const origenDe = createOrigenDe(deps.direccionDe)
  const base = service({
    ...deps,
    name: 'auth',
    description:
      'Identidades: cuentas, sesiones y los tokens con los que se llama a todo lo demás.',
  })
  return new Elysia({ ...appOptions })
    .use(base)
    .use(registroRoutes(base, { cuentas, origenDe, freno: nuevoFreno() }))
    .use(invitadosRoutes(base, { cuentas, origenDe, freno: nuevoFreno() }))
    .use(accesoRoutes(base, { acceso: deps.acceso, origenDe }))
    .use(jwksRoutes(base, deps))
    .use(passwordRoutes(base, { restablecer: deps.restablecer, origenDe }))
    .use(confirmacionRoutes(base, { confirmar: deps.confirmar, origenDe }))
    .use(meRoutes(base, { cuentas, store, origenDe, clock }))
    .use(sesionesRoutes(base, { store, origenDe, clock }))
    .use(libretaRoutes(base, { store, uuid: deps.uuid }))
    .use(libretaPersonalRoutes(base, store))
    .use(borradosRoutes(base, store))
    .use(correosRoutes(base, store))
    .use(estadosRoutes(base, store))
    .use(personalRoutes(base, { personal: deps.personal, origenDe }))
    .use(usuariosRoutes(base, { store, origenDe, clock }))
    .use(auditRoutes(base, { listar: store.auditoria.listar, acciones }))
    .use(tiendaRoutes(base, { store, origenDe, clock }))
    .use(tiendaImagenesRoutes(base, { store, origenDe, clock }))
}

export type AuthApp = ReturnType<typeof createApp>
