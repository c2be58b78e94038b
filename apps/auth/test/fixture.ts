import { treaty } from '@elysiajs/eden'
import { type Environment, parseConfig } from '@encargo/service-kit/run/config'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { testOutside } from '@encargo/service-kit/testing/outside'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { databaseSettings } from '@encargo/storage/testing/postgres'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { AuthConfig } from '../src/config.ts'
import type { Mensaje } from '@encargo/service-kit/mail/message'
import { type AuthOutside, open } from '../src/open.ts'
import { createAccessTokens } from '../src/security/access-tokens.ts'
import { newPrivateKeyPem } from '../src/security/signing-key.ts'

export function temporaryFolder(): string {
  return testFolder('auth', cleanUp)
}

/** Hashing that costs nothing, within the limits of one machine. */
export const weakestCost = { memoryCost: 8, timeCost: 1 }
/** Of the service accounts. */
export const secrets = { pedidos: 'p'.repeat(32), pagos: 'q'.repeat(32) }
export const issuer = 'https://auth.example'

const settings = {
  AUTH_ISSUER: issuer,
  AUTH_SIGNING_KEY: newPrivateKeyPem(),
  PEDIDOS_CLIENT_SECRET: secrets.pedidos,
  PAGOS_CLIENT_SECRET: secrets.pagos,
  RATE_LIMIT: 'off',
}

/** The secret that a mail brings. */
export const tokenIn = ({ texto }: Mensaje): string => /#token=(\S+)/.exec(texto)?.[1] ?? ''

export interface HarnessOptions extends Partial<Omit<AuthOutside, 'clock'>> {
  readonly clock?: ReturnType<typeof createTestClock>
  readonly dataDir?: string
  readonly env?: Environment
}

/** Of each folder, the database that stands for its file where tests use PostgreSQL. */
const databases = new Map<string, ReturnType<typeof databaseSettings>>()

function databaseOf(dataDir: string): ReturnType<typeof databaseSettings> {
  const known = databases.get(dataDir) ?? databaseSettings(cleanUp)
  databases.set(dataDir, known)
  return known
}

/** auth as it is opened, on a clock of the test's, with passwords that hash quickly and a mailbox. */
export async function createHarness(options: HarnessOptions = {}) {
  const { dataDir = temporaryFolder(), env, clock = createTestClock(), ...given } = options
  const mailbox: Mensaje[] = []
  const outside: AuthOutside = {
    ...testOutside({ clock }),
    hashing: { cost: weakestCost },
    estimate: () => Promise.resolve({ score: 4, dictionaries: [] }),
    async enviar(mensaje) {
      mailbox.push(mensaje)
      return { tipo: 'enviado' }
    },
    direccionDe: (request) => request.headers.get('x-test-address'),
    ...given,
  }
  const opened = await open(
    parseConfig(AuthConfig, {
      ...settings,
      DATA_DIR: dataDir,
      ...(await databaseOf(dataDir)),
      ...env,
    }),
    outside,
  )
  cleanUp(opened.close)
  const { app, background, cartero, ring } = opened
  /** Sends what is owed by now to `mailbox`. */
  async function deliver(): Promise<Mensaje[]> {
    await background.idle()
    await cartero.despertar()
    return mailbox
  }
  const api = treaty(app, { parseDate: false })
  const sign = createAccessTokens({ ring, issuer, clock, uuid: outside.uuid })
  return { ...opened, api, clock, sign, dataDir, mailbox, deliver, ...createActors(opened) }
}

export type Harness = Awaited<ReturnType<typeof createHarness>>

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

function createActors({ app, cuentas }: Awaited<ReturnType<typeof open>>) {
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
    await cuentas.asegurarAdmin({ email, password: clave })
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
