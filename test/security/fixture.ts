import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  audience,
  type Identidad,
  formerIssuer,
  type Rol,
  roles,
  type Scope,
  scopes,
} from '@encargo/service-kit/identity/tokens'
import { type Environment, type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import type { Running } from '@encargo/service-kit/http/serve'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { type JWTPayload, SignJWT } from 'jose'
import { start as startAuth } from '../../apps/auth/src/main.ts'
import { start as startInventario } from '../../apps/inventario/src/main.ts'
import { start as startPagos } from '../../apps/pagos/src/main.ts'
import { start as startPedidos } from '../../apps/pedidos/src/main.ts'
import { start as startProductos } from '../../apps/productos/src/main.ts'
import { quietPorts } from '../../scripts/chaos/ports.ts'
import { noQuotas } from '../../scripts/lib/no-quotas.ts'
import { admin as jefa } from '../system/harness.ts'

const starts = {
  auth: startAuth,
  productos: startProductos,
  inventario: startInventario,
  pedidos: startPedidos,
  pagos: startPagos,
} as const

/** In this order each finds the peers that it calls; pedidos and pagos call each other. */
async function startAll(
  names: readonly ServiceName[],
  env: Environment,
  running: Partial<Record<ServiceName, Running>>,
) {
  const [pagos] = quietPorts(1)
  const urls: Record<string, string> = { PAGOS_URL: `http://127.0.0.1:${pagos}` }
  for (const name of names) {
    const upper = name.toUpperCase()
    const ownPort = { [`${upper}_PORT`]: name === 'pagos' ? String(pagos) : '0' }
    const one = await starts[name]({ ...env, ...urls, ...ownPort })
    running[name] = one
    urls[`${upper}_URL`] = one.url
  }
}

const Keys = Type.Object({
  keys: Type.Array(Type.Object({ kid: Type.String(), x: Type.String() })),
})
const ConId = Type.Object({ id: Type.String() })
const Tokens = Type.Object({ access_token: Type.String(), refresh_token: Type.String() })

/** How long starting and stopping may take on a busy machine, in milliseconds. */
export const startMs = 30_000

export interface Sent {
  readonly method?: string
  readonly headers?: Record<string, string>
  /** As it shall arrive. */
  readonly body?: string | Uint8Array
}

/** The services on a data folder of their own, in this process, over real HTTP. */
export async function startServices(
  extra: Environment = {},
  names: readonly ServiceName[] = serviceNames,
) {
  const dataDir = mkdtempSync(join(tmpdir(), 'encargo-security-'))
  const { privateKey } = generateKeyPairSync('ed25519')
  const env: Environment = {
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    RATE_LIMIT: 'off',
    ...noQuotas,
    ADMIN_EMAIL: jefa.email,
    ADMIN_PASSWORD: jefa.password,
    AUTH_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    ...extra,
  }
  const running: Partial<Record<ServiceName, Running>> = {}
  const stop = async () => {
    for (const name of serviceNames.toReversed()) await running[name]?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await startAll(names, env, running)
  } catch (error) {
    await stop()
    throw error
  }
  const urlOf = (name: ServiceName) => running[name]?.url ?? ''
  const send = (service: ServiceName, path: string, { body, ...init }: Sent = {}) =>
    fetch(`${urlOf(service)}${path}`, {
      redirect: 'manual',
      ...init,
      ...(body === undefined ? {} : { body }),
    })
  const post = (service: ServiceName, path: string, value: unknown, headers = {}) =>
    send(service, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(value),
    })
  const { keys } = Value.Parse(Keys, await (await send('auth', '/.well-known/jwks.json')).json())
  const [key] = keys
  if (!key) throw new Error('auth has no key')
  return { dataDir, urlOf, send, post, stop, privateKey, kid: key.kid, x: key.x }
}
export type Services = Awaited<ReturnType<typeof startServices>>

const Rechazo = Type.Object({ codigo: Type.String() })

/** The id of what was created. */
export const idOf = async (answer: Response) => Value.Parse(ConId, await answer.json()).id

/** The code of a refusal. */
export const codigoOf = async (answer: Response) => Value.Parse(Rechazo, await answer.json()).codigo

/** Claims with which a token is signed; what is undefined is left out of it. */
type Claims = { readonly [K in keyof JWTPayload]: JWTPayload[K] | undefined }

/** A token as auth would sign it, or with any part of it otherwise. */
export function sign(
  { privateKey, kid }: { privateKey: KeyObject; kid: string },
  claims: Claims,
  header: Record<string, string | undefined> = {},
): Promise<string> {
  const seconds = Math.floor(Date.now() / 1000)
  const usual = {
    iss: formerIssuer,
    aud: audience,
    sub: Bun.randomUUIDv7(),
    jti: Bun.randomUUIDv7(),
  }
  const all = { ...usual, iat: seconds, exp: seconds + 600, ...claims }
  const said = Object.entries(all).filter(([, value]) => value !== undefined)
  return new SignJWT(Object.fromEntries(said))
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...header })
    .sign(privateKey)
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

export interface Caller {
  readonly name: string
  readonly identidad: Identidad
  readonly headers: Record<string, string>
}

/** Registers and logs in one person of each role, and makes a service account with each scope and none. */
export async function createCallers(services: Services): Promise<Caller[]> {
  const { post, send } = services
  const login = async (email: string, password: string) =>
    Value.Parse(Tokens, await (await post('auth', '/login', { email, password })).json())
  const root = bearer((await login(jefa.email, jefa.password)).access_token)
  const person = async (rol: Rol): Promise<Caller> => {
    const email = `${rol}@tienda.example`
    const password = 'tres-cubos-de-hielo-azul-7'
    const created = await post('auth', '/register', { email, password, nombre: 'Persona' })
    const id = await idOf(created)
    await send('auth', `/usuarios/${id}`, {
      method: 'PATCH',
      headers: { ...root, 'content-type': 'application/json' },
      body: JSON.stringify({ rol }),
    })
    const { access_token } = await login(email, password)
    return {
      name: rol,
      identidad: { tipo: 'usuario', id, rol, invitado: false },
      headers: bearer(access_token),
    }
  }
  const service = async (granted: readonly Scope[]): Promise<Caller> => {
    const identidad = { tipo: 'servicio', id: 'prueba', scopes: granted } as const
    const token = await sign(services, { sub: identidad.id, scope: granted.join(' ') })
    return { name: `a service with ${granted[0] ?? 'no scope'}`, identidad, headers: bearer(token) }
  }
  return [
    ...(await Promise.all(roles.map(person))),
    ...(await Promise.all([...scopes.map((one) => service([one])), service([])])),
  ]
}
