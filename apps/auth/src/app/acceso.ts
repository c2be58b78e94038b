import type { Clock } from '@encargo/service-kit/async/clock'
import { randomSecret } from '@encargo/service-kit/identity/service-accounts'
import type { Scope } from '@encargo/service-kit/identity/tokens'
import { claveDeEmail } from '../domain/identidades.ts'
import { hashSecreto, sha256 } from '../domain/secretos.ts'
import type { FirmarToken, Passwords } from '../ports/seguridad.ts'
import type { AuthStore } from '../ports/store.ts'
import { concederScopes } from '../domain/cuenta-servicio.ts'
import type { Frenos, Intento } from './frenos.ts'
import { accessTokenSeconds, type Origen } from '../domain/sesion.ts'

export interface AccesoDeps {
  readonly store: AuthStore
  readonly passwords: Passwords
  readonly frenos: Frenos
  readonly firmar: FirmarToken
  readonly clock: Clock
  readonly uuid: () => string
}

export interface TokensDeUsuario {
  readonly tipo: 'tokens'
  readonly accessToken: string
  readonly refreshToken: string
  /** Seconds. */
  readonly expiresIn: number
}

export interface TokenDeServicio {
  readonly tipo: 'token'
  readonly accessToken: string
  readonly expiresIn: number
  readonly scopes: readonly Scope[]
}

/** Too many wrong guesses before this one. */
export interface DemasiadosIntentos {
  readonly tipo: 'demasiados-intentos'
  readonly esperaMs: number
}

export type Entrada =
  TokensDeUsuario | DemasiadosIntentos | { readonly tipo: 'credenciales-invalidas' }
export type Renovar = TokensDeUsuario | { readonly tipo: 'reutilizado' | 'invalido' }
export type EntradaServicio =
  TokenDeServicio | { readonly tipo: 'credenciales-invalidas' | 'scope-invalido' }

export interface Credenciales {
  readonly email: string
  readonly password: string
}

export interface CredencialesServicio {
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string | undefined
}

type Permitido = Extract<Intento, { permitido: true }>

const invalid = { tipo: 'credenciales-invalidas' } as const

/** Signing in, staying signed in and signing out; of people and of programs. */
export function createAcceso({ store, passwords, frenos, firmar, clock, uuid }: AccesoDeps) {
  /** @throws QueueFullError when too many wait, and then the attempt does not count */
  async function verificar(intento: Permitido, password: string, stored: string | undefined) {
    try {
      return await passwords.verify(password, stored)
    } catch (error) {
      await intento.retirar()
      throw error
    }
  }

  /** The hash to go on with: a stored one of weaker parameters is replaced, as now the password is known. */
  async function upToDate(id: string, anterior: string, password: string): Promise<string> {
    if (!passwords.outdated(anterior)) return anterior
    const nuevo = await passwords.hash(password)
    const stored = await store.usuarios.rehacerHash({ id, anterior, nuevo })
    // Somebody else was faster: another login with the same password, or a change of it.
    return stored === nuevo || (await passwords.verify(password, stored)) ? stored : anterior
  }

  return {
    /**
     * An unknown e-mail, a wrong password and a closed account are one answer, after equal work.
     * @throws QueueFullError when too many passwords wait to be checked
     */
    async entrar({ email, password }: Credenciales, origen: Origen): Promise<Entrada> {
      const emailClave = claveDeEmail(email)
      const { direccion } = origen
      const [found, intento] = await Promise.all([
        store.usuarios.credencialPorEmail(emailClave),
        frenos.intentar({ emailClave, direccion }),
      ])
      if (!intento.permitido) return { tipo: 'demasiados-intentos', esperaMs: intento.esperaMs }
      const right = await verificar(intento, password, found?.passwordHash ?? undefined)
      if (!found?.passwordHash || !right || !found.activo) {
        const who = { sujetoId: found?.id, direccion }
        await store.auditoria.apuntar({ en: clock.epochMs(), accion: 'login-fallido', ...who })
        return invalid
      }
      const refreshToken = randomSecret()
      const sesionId = uuid()
      const sesion = {
        id: sesionId,
        usuarioId: found.id,
        tokenHash: sha256(refreshToken),
        ...origen,
      }
      const hash = await upToDate(found.id, found.passwordHash, password)
      const open = await store.sesiones.abrir(sesion, hash, clock.epochMs(), intento.perdon)
      if (!open) return invalid
      const accessToken = await firmar({ tipo: 'usuario', id: found.id, rol: found.rol, sesionId })
      return { tipo: 'tokens', accessToken, refreshToken, expiresIn: accessTokenSeconds }
    },

    async renovar(presented: string, origen: Origen): Promise<Renovar> {
      const result = await store.sesiones.renovar({
        token: presented,
        semilla: randomSecret(),
        direccion: origen.direccion,
        now: clock.epochMs(),
      })
      if (result.tipo !== 'renovada') return { tipo: result.tipo }
      const { usuarioId: id, rol, sesionId, refreshToken } = result
      const accessToken = await firmar({ tipo: 'usuario', id, rol, sesionId })
      return { tipo: 'tokens', accessToken, refreshToken, expiresIn: accessTokenSeconds }
    },

    async salir(presented: string, { direccion }: Origen): Promise<void> {
      await store.sesiones.cerrarPorToken(sha256(presented), direccion, clock.epochMs())
    },

    async entrarServicio(
      credenciales: CredencialesServicio,
      { direccion }: Origen,
    ): Promise<EntradaServicio> {
      const { clientId, clientSecret, scope } = credenciales
      const hash = hashSecreto(clientId, clientSecret)
      const cuenta = await store.cuentas.porSecreto(clientId, hash, clock.epochMs())
      if (!cuenta) {
        await frenos.apuntarRechazo(clientId, direccion)
        return invalid
      }
      const granted = concederScopes(cuenta, scope)
      if (!granted.ok) return { tipo: 'scope-invalido' }
      const { scopes } = granted
      const accessToken = await firmar({ tipo: 'servicio', id: cuenta.id, scopes })
      return { tipo: 'token', accessToken, expiresIn: accessTokenSeconds, scopes }
    },
  }
}

export type Acceso = ReturnType<typeof createAcceso>
