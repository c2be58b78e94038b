import {
  type AnyProblem,
  ask,
  type Client,
  cookieTokens,
  createClient,
  type EdenAnswer,
  type Fetch,
  isRetryable,
  memoryTokens,
} from '@encargo/client'
import { local, perTab } from './ui/browser-storage.ts'

/** Set while somebody is logged in, so that a visitor who never was costs no call. */
const pista = 'encargo:sesion'

const renovar = '/api/sesion/renovar'
const salir = '/api/sesion/salir'

/** What tienda answers when nobody is logged in. */
const sinSesion = () => new Response(null, { status: 204 })

async function pedirSesion(ruta: string, init: RequestInit | undefined): Promise<Response> {
  const renueva = ruta === renovar
  if (renueva && local.read(pista) === null) return sinSesion()
  const respuesta = await fetch(ruta, init)
  if (respuesta.ok) {
    const abierta = ruta !== salir && respuesta.status !== 204
    local.write(pista, abierta ? '1' : null)
  }
  return respuesta
}

const enviosSeguidos = new WeakMap<Blob, Fetch>()

/** From now on `cuerpo` is sent with `enviar`: `fetch` itself cannot tell how much of it is sent. */
export const enviarCon = (cuerpo: Blob, enviar: Fetch) => void enviosSeguidos.set(cuerpo, enviar)

function pedirCon(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input, location.origin)
  if (url.pathname.startsWith('/api/sesion/')) return pedirSesion(url.pathname, init)
  const seguido = init?.body instanceof Blob ? enviosSeguidos.get(init.body) : undefined
  return (seguido ?? fetch)(input, init)
}

let propio: Client | undefined

/** The one client of this page. */
export function cliente(): Client {
  propio ??= createClient({
    origin: location.origin,
    tokens: cookieTokens,
    storage: {
      getItem: perTab.read,
      setItem: perTab.write,
      removeItem: (key) => perTab.write(key, null),
    },
    environment: { fetch: pedirCon },
  })
  return propio
}

let deVisita: Client | undefined

/**
 * For what the shop window shows to everybody. It waits for no session and says no name, so that
 * the browser may have asked already when the script begins: see the server's `precargas.ts`.
 */
export function visitante(): Client {
  deVisita ??= createClient({
    origin: location.origin,
    tokens: memoryTokens(),
    environment: { fetch },
  })
  return deVisita
}

/** Whether a session of an earlier visit may still be open. */
export const huboSesion = () => local.read(pista) !== null

interface Rechazo {
  readonly problem: AnyProblem
  readonly headers: Headers
}

/** A call that came to nothing, and the id under which the services' logs have it. */
export class FalloApi extends Error {
  override readonly name = 'FalloApi'
  readonly problema: AnyProblem
  readonly peticion: string | null

  constructor({ problem, headers }: Rechazo) {
    super(`${problem.codigo}: ${problem.detail}`)
    this.problema = problem
    this.peticion = headers.get('x-request-id')
  }
}

export const problemaDe = (error: unknown): AnyProblem | undefined =>
  error instanceof FalloApi ? error.problema : undefined

/** Whether the same call may succeed by itself a little later. */
export function valeReintentar(error: unknown): boolean {
  const problema = problemaDe(error)
  return problema !== undefined && isRetryable(problema)
}

/**
 * The data of a call, and the headers that came with it.
 * @throws FalloApi
 */
export async function pedirConCabeceras<A extends EdenAnswer>(llamada: Promise<A>) {
  const respuesta = await ask(llamada)
  if (respuesta.ok) return respuesta
  throw new FalloApi(respuesta as Rechazo)
}

/**
 * The data of a call.
 * @throws FalloApi
 */
export async function pedir<A extends EdenAnswer>(llamada: Promise<A>) {
  return (await pedirConCabeceras(llamada)).data
}

/** How Eden takes an abort signal. */
export const con = (signal: AbortSignal) => ({ fetch: { signal } })
