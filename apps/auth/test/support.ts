import { afterEach } from 'bun:test'
import { treaty } from '@elysiajs/eden'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { type AuthDeps, createApp } from '../src/app.ts'
import { Background } from '../src/background.ts'
import { createCuentas } from '../src/domain/cuentas.ts'
import { createFrenos } from '../src/domain/frenos.ts'
import type { CorreoDebido } from '../src/domain/correo.ts'
import { createReglaPassword } from '../src/domain/regla-password.ts'
import { Cartero } from '../src/mail/cartero.ts'
import { type Correo, falloDe } from '../src/mail/mailer.ts'
import { redactar } from '../src/mail/textos.ts'
import { clavesDeAuth } from '../src/routes/jwks.ts'
import { fixedKeyRing } from '../src/security/key-ring.ts'
import { Passwords } from '../src/security/passwords.ts'
import { newPrivateKeyPem, readSigningKey } from '../src/security/signing-key.ts'
import { openAuthStore } from '../src/store/sqlite.ts'

const cleanups: (() => void | Promise<void>)[] = []

/** Runs after the test, last registered first. */
export function cleanUp(work: () => void | Promise<void>): void {
  cleanups.push(work)
}

afterEach(async () => {
  for (const work of cleanups.splice(0).toReversed()) await work()
})

export function temporaryFolder(): string {
  return testFolder('auth', cleanUp)
}

const weakestCost = { memoryCost: 8, timeCost: 1 }
const passwords = await Passwords.create({ cost: weakestCost })
const ring = fixedKeyRing(await readSigningKey(newPrivateKeyPem()))

export const issuer = 'https://auth.example'

export const paginas = {
  restablecer: 'https://tienda.example/restablecer',
  confirmar: 'https://tienda.example/confirmar',
}

const post = { redactar: (correo: CorreoDebido) => redactar(correo, paginas), falloDe }

/** The secret that a mail brings. */
export const tokenIn = ({ texto }: Correo): string => /#token=(\S+)/.exec(texto)?.[1] ?? ''

export interface HarnessOptions extends Partial<AuthDeps> {
  readonly file?: string
}

/** The app with a real store, a clock of the test's, and passwords that hash quickly. */
export function createHarness({ file = ':memory:', ...given }: HarnessOptions = {}) {
  const clock = createTestClock()
  const store = openAuthStore(file)
  cleanUp(() => store.storage.close())
  const keys = given.ring ?? ring
  const fetchKeys = () =>
    clavesDeAuth({ ring: keys, issuer, auditoria: store.auditoria, now: clock.now })
  const deps: AuthDeps = {
    store,
    ring: keys,
    issuer,
    verifier: new TokenVerifier({ fetchKeys, now: clock.ms, refetchMs: 0, staleMs: 1_000 }),
    passwords,
    estimate: () => Promise.resolve({ score: 4, dictionaries: [] }),
    correoDebido: () => {},
    background: new Background(silentLogger),
    logger: silentLogger,
    health: { storage: () => store.storage.health() },
    corsOrigins: ['http://localhost:3000'],
    now: clock.now,
    newId: () => Bun.randomUUIDv7(),
    direccionDe: (request) => request.headers.get('x-test-address'),
    ...given,
  }
  const mailbox: Correo[] = []
  const enviar = async (correo: Correo) => void mailbox.push(correo)
  const { logger } = deps
  const { correos } = store
  const cartero = new Cartero({ correos, ...post, enviar, now: clock.now, logger })
  cleanUp(() => cartero.parar())
  /** Sends what is owed by now to `mailbox`. */
  async function deliver(): Promise<Correo[]> {
    await deps.background.idle()
    await cartero.despertar()
    return mailbox
  }
  const app = createApp(deps)
  const api = treaty(app, { parseDate: false })
  return { app, api, store, clock, deps, mailbox, deliver, ...createActors(deps, app) }
}

export type Harness = ReturnType<typeof createHarness>

export const clave = 'caballo-bateria-grapa'
let people = 0

/** Data of a person nobody registered yet. */
interface Datos {
  nombre?: string
  email?: string
  cedula?: string
  telefono?: string
}

export function persona(datos: Datos = {}) {
  people += 1
  return {
    email: `persona${people}@correo.example`,
    password: clave,
    nombre: 'Ana Gómez',
    ...datos,
  }
}

interface Handles {
  handle(request: Request): Response | Promise<Response>
}

/** A request as it comes over the wire. */
export function request(path: string, method = 'GET', body?: unknown, headers = {}): Request {
  const init = { method, headers: { 'content-type': 'application/json', ...headers } }
  const url = `http://localhost${path}`
  return new Request(url, body === undefined ? init : { ...init, body: JSON.stringify(body) })
}

const Tokens = Type.Object({ access_token: Type.String(), refresh_token: Type.String() })
const ConId = Type.Object({ id: Type.String() })
const Rechazo = Type.Object({ status: Type.Integer(), codigo: Type.String() })

/** The body of an answer, which must be as `schema` says. */
export async function bodyOf<T extends TSchema>(answer: Response, schema: T): Promise<Static<T>> {
  return Value.Parse(schema, await answer.json())
}

export const tokensOf = (answer: Response) => bodyOf(answer, Tokens)

export const renewal = (refresh_token: string) => ({ grant_type: 'refresh_token', refresh_token })

function createActors(deps: AuthDeps, app: Handles) {
  const send = async (...parts: Parameters<typeof request>) => app.handle(request(...parts))

  async function login(email: string, password = clave, headers = {}) {
    const answer = await send('/login', 'POST', { email, password }, headers)
    if (answer.status !== 200) throw new Error(`login answered ${answer.status}`)
    return await tokensOf(answer)
  }

  /** Registers somebody and signs them in. */
  async function cliente(datos = persona(), headers = {}) {
    const answer = await send('/register', 'POST', datos)
    if (answer.status !== 201) throw new Error(`register answered ${answer.status}`)
    const { id } = await bodyOf(answer, ConId)
    const tokens = await login(datos.email, datos.password, headers)
    return { id, ...datos, tokens, headers: bearer(tokens.access_token) }
  }

  /** The installation's first admin, signed in. */
  async function admin() {
    const email = 'admin@correo.example'
    const regla = createReglaPassword(deps.estimate)
    await createCuentas({
      ...deps,
      regla,
      frenos: createFrenos(deps.store, deps.now),
    }).asegurarAdmin({ email, password: clave })
    const tokens = await login(email)
    const me = await send('/me', 'GET', undefined, bearer(tokens.access_token))
    const { id } = await bodyOf(me, ConId)
    return { id, email, tokens, headers: bearer(tokens.access_token) }
  }

  return { send, login, cliente, admin }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** Status and `codigo` of a refusal, to be compared in one line. */
export async function refusal(answer: Response): Promise<string> {
  const { status, codigo } = await bodyOf(answer, Rechazo)
  if (status !== answer.status) throw new Error(`${answer.status} is answered as ${status}`)
  return `${status} ${codigo}`
}
