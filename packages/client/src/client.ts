import { treaty } from '@elysiajs/eden/treaty2'
import type { AuthApp } from '@encargo/auth'
import type { InventarioApp } from '@encargo/inventario'
import type { PagosApp } from '@encargo/pagos'
import type { PedidosApp } from '@encargo/pedidos'
import type { ProductosApp } from '@encargo/productos'
import { type Answer, ask } from './ask.ts'
import type {
  AuthClient,
  InventarioClient,
  PagosClient,
  PedidosClient,
  ProductosClient,
} from './contract.ts'
import { cookieDoor } from './cookie-door.ts'
import type { Credenciales, LoginProblem, NuevoPedido } from './derived.ts'
import {
  type Environment,
  type Fetch,
  type KeyStorage,
  memoryStorage,
  platform,
} from './environment.ts'
import { type FollowOptions, followOrders } from './events.ts'
import { boundedFetch, sessionFetch } from './fetcher.ts'
import { GuestPasses } from './guest.ts'
import type { EventoSeguido } from './line.ts'
import { originOf, originsOf, type ServiceName, type Where } from './origins.ts'
import { NetworkError } from './problems.ts'
import { type Compra, type CompraOptions, createCompra } from './purchase.ts'
import { request, type RequestAnswer } from './request.ts'
import { Session, type SessionState } from './session.ts'
import { cookieTokens, memoryTokens, type RefreshTokens } from './tokens.ts'

export interface ClientSettings {
  /**
   * Where the refresh token lies, unless told otherwise: for a page of `origin` itself in a cookie that
   * no script sees, and in memory for all others.
   */
  readonly tokens?: RefreshTokens
  /** Where attempts to buy are remembered, such as `sessionStorage`; in memory unless told otherwise. */
  readonly storage?: KeyStorage
  /** How long an answer may take to begin, in milliseconds; 20 s unless told otherwise. */
  readonly timeoutMs?: number
  /** What the platform gives, for tests and for platforms that lack some of it. */
  readonly environment?: Partial<Environment>
}

/** `{ origin }`, or the services' own, and settings. */
export type ClientOptions = Where & ClientSettings

export interface Client {
  readonly auth: AuthClient
  readonly productos: ProductosClient
  readonly inventario: InventarioClient
  readonly pedidos: PedidosClient
  readonly pagos: PagosClient
  /** From now on the clients call as this user. */
  login(credenciales: Credenciales): Promise<Answer<void, LoginProblem>>
  /** Ends the session here at once, and at auth if it can be reached. */
  logout(): Promise<void>
  /** Whether a session of before is still open: for the start of a page. `unknown` without auth. */
  restore(): Promise<SessionState>
  readonly session: SessionState
  /** Calls `listener` when somebody logs in or out, in another tab too; what it returns ends that. */
  onSession(listener: (state: SessionState) => void): () => void
  /** Begins, or after a reload continues, one attempt to buy. */
  compra(pedido: NuevoPedido, options?: CompraOptions): Compra
  /** The changes of orders, live and without gaps. Throws ProblemError when refused for good. */
  eventos(options?: FollowOptions): AsyncGenerator<EventoSeguido, void, undefined>
  /**
   * Any call of a service as this user, for what is not JSON: files in either direction. The answer
   * is as it came, so that it can be streamed.
   */
  request(service: ServiceName, path: `/${string}`, init?: RequestInit): Promise<RequestAnswer>
  /** Lets go of what tabs share, where a page makes clients that it does not keep. */
  close(): void
}

/** What Eden wants in Bun's types: `preconnect` is of no use here. */
const asEdenFetch = (fetch: Fetch) => Object.assign(fetch, { preconnect: () => undefined })

const edenOptions = (fetch: Fetch) => ({ fetcher: asEdenFetch(fetch), parseDate: false }) as const

/** In a page of the origin that is called, tienda keeps the session; elsewhere nobody else does. */
function defaultTokens(origin: string | undefined, page: string | undefined): RefreshTokens {
  return origin !== undefined && origin === page ? cookieTokens : memoryTokens()
}

/** How auth is asked to log in, to renew and to log out. */
function doorFetch(fetch: Fetch, tokens: RefreshTokens, origin: string | undefined, auth: string) {
  if (tokens.type === 'store') return fetch
  if (origin !== undefined) return cookieDoor(fetch, origin, auth)
  throw new TypeError('cookieTokens need { origin }: only a shop window keeps the cookie')
}

/** Refusals that end a session; after any other failure nothing is known. */
const sessionEnders = new Set([400, 401, 403])

function createSession(auth: AuthClient, origin: string, tokens: RefreshTokens, env: Environment) {
  const grant_type = 'refresh_token'
  return new Session({
    ...env,
    tokens,
    name: origin,
    async renew(refreshToken) {
      // In cookie mode tienda adds the token.
      const body =
        refreshToken === null ? { grant_type } : { grant_type, refresh_token: refreshToken }
      const answer = await ask(auth.token.post(body as Parameters<typeof auth.token.post>[0]))
      if (answer.ok) return { result: 'issued', tokens: answer.data }
      if (sessionEnders.has(answer.problem.status)) return { result: 'refused' }
      throw new NetworkError('the session could not be renewed', { cause: answer.problem })
    },
  })
}

/**
 * Typed clients of the services, as whoever logs in.
 *
 * @example const client = createClient({ origin: location.origin })
 */
export function createClient(options: ClientOptions): Client {
  const { storage = memoryStorage(), timeoutMs = 20_000 } = options
  const env = { ...platform(), ...options.environment }
  const [origins, origin] = [originsOf(options), originOf(options)]
  const tokens = options.tokens ?? defaultTokens(origin, env.pageOrigin)
  const bare = boundedFetch({ ...env, timeoutMs })
  // Logging in and renewing must not wait for a token of their own.
  const atDoor = doorFetch(bare, tokens, origin, origins.auth)
  const door = treaty<AuthApp>(origins.auth, edenOptions(atDoor))
  const session = createSession(door, origins.auth, tokens, env)
  const fetch = sessionFetch(bare, session)
  const eden = edenOptions(fetch)
  const pedidos = treaty<PedidosApp>(origins.pedidos, eden)
  const passes = new GuestPasses({ auth: door, storage, epochMs: env.epochMs })
  // A guest is nobody who is logged in, and what they call with is their own.
  const asGuest = treaty<PedidosApp>(origins.pedidos, edenOptions(bare))
  return {
    auth: treaty<AuthApp>(origins.auth, eden),
    productos: treaty<ProductosApp>(origins.productos, eden),
    inventario: treaty<InventarioApp>(origins.inventario, eden),
    pedidos,
    pagos: treaty<PagosApp>(origins.pagos, eden),
    async login({ email, password }) {
      // Only these: whoever hands in more, such as all of a form, must not be refused for it.
      const answer = await ask(door.login.post({ email, password }))
      if (!answer.ok) return answer
      session.adopt(answer.data)
      return { ...answer, data: undefined }
    },
    async logout() {
      const refreshToken = session.close()
      if (refreshToken === null && tokens.type === 'store') return
      const body = refreshToken === null ? {} : { refresh_token: refreshToken }
      await ask(door.logout.post(body as Parameters<typeof door.logout.post>[0]))
    },
    async restore() {
      await session.bearer().catch(() => undefined)
      return session.state
    },
    get session() {
      return session.state
    },
    onSession: (listener) => session.onChange(listener),
    compra(pedido, more = {}) {
      const calls = more.invitado === undefined ? pedidos : asGuest
      return createCompra({ pedidos: calls, passes, storage, newKey: env.newKey }, pedido, more)
    },
    eventos: (more) =>
      followOrders({ ...env, session, fetch, url: `${origins.pedidos}/pedidos/eventos` }, more),
    request: (service, path, init) => request(fetch, `${origins[service]}${path}`, init),
    close: () => session.release(),
  }
}
