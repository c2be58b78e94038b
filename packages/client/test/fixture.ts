import {
  createClient,
  type Channel,
  type ClientSettings,
  type LockOptions,
  type Locks,
} from '../src/index.ts'

export const addresses = {
  auth: 'http://auth.test',
  productos: 'http://productos.test',
  inventario: 'http://inventario.test',
  pedidos: 'http://pedidos.test',
} as const

/** A shop window before them all. */
export const tienda = 'http://tienda.test'

const isDoor = (url: string) =>
  url.startsWith(`${tienda}/api/sesion/`) ||
  (url.startsWith(addresses.auth) && !/\/(?:me|invitados)$/.test(url))

export const cuenta = { email: 'ana@correo.example', password: 'tres-naranjas-de-azahar' } as const

export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: unknown
  readonly signal: AbortSignal
}

export type Handler = (asked: Asked) => Response | Promise<Response>

/** A refusal as the services give it. */
export function refusal(status: number, codigo: string, more: Record<string, unknown> = {}) {
  const body = {
    type: `urn:x:${codigo}`,
    title: codigo,
    status,
    detail: `detail of ${codigo}`,
    codigo,
  }
  return new Response(JSON.stringify({ ...body, ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  })
}

/** Timers that run when the test says so. */
export function createTestTimer() {
  const waiting: { work: () => void; ms: number }[] = []
  const timer = (work: () => void, ms: number) => {
    const entry = { work, ms }
    waiting.push(entry)
    return () => {
      const at = waiting.indexOf(entry)
      if (at >= 0) waiting.splice(at, 1)
    }
  }
  /** Runs those that wait for `ms` milliseconds; answers how many. */
  const pass = (ms: number) => {
    const due = waiting.filter((one) => one.ms === ms)
    for (const one of due) waiting.splice(waiting.indexOf(one), 1)
    for (const { work } of due) work()
    return due.length
  }
  return { timer, waiting, pass }
}

/** Lets all work go on that waits for nothing but promises. */
export function turn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  setImmediate(resolve)
  return promise
}

/** auth as far as sessions go: each refresh token works once, as the real one's do. */
export class FakeAuth {
  renewals = 0
  away = false
  /** Holds every renewal back until the test lets it go. */
  gate: Promise<void> = Promise.resolve()
  readonly #good = new Set<string>()
  readonly #used = new Set<string>()
  #serial = 0
  /** Whose tokens it issues, if they are to say so. */
  subject: string | undefined

  issue() {
    this.#serial++
    this.#good.clear()
    const serial = `access-${this.#serial}`
    const payload = btoa(JSON.stringify({ sub: this.subject, rol: 'cliente' }))
    const access = this.subject === undefined ? serial : `${serial}.${payload}.x`
    this.#good.add(access)
    return {
      access_token: access,
      token_type: 'Bearer',
      expires_in: 600,
      refresh_token: `refresh-${this.#serial}`,
    }
  }

  /** From now on no access token is good. */
  expire(): void {
    this.#good.clear()
  }

  knows(authorization: string | null): boolean {
    return this.#good.has(authorization?.replace('Bearer ', '') ?? '')
  }

  async answer({ url, body }: Asked): Promise<Response> {
    if (this.away) throw new TypeError('connection refused')
    if (url.endsWith('/login')) return Response.json(this.issue())
    if (url.endsWith('/logout')) return new Response(null, { status: 204 })
    this.renewals++
    await this.gate
    const token: unknown = Reflect.get(Object(body), 'refresh_token')
    if (typeof token !== 'string') return refusal(401, 'no-autenticado')
    if (this.#used.has(token)) return refusal(400, 'token-reutilizado')
    this.#used.add(token)
    return Response.json(this.issue())
  }
}

function bodyOf({ headers }: Request, text: string): unknown {
  if (text === '') return undefined
  return headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text
}

async function askedFrom(input: string | URL | Request, init: RequestInit = {}): Promise<Asked> {
  const request =
    input instanceof Request ? new Request(input, init) : new Request(`${input}`, init)
  const text = await request.clone().text()
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: bodyOf(request, text),
    signal: request.signal,
  }
}

/** A client whose services are functions, with nothing of the platform. */
export function prepare(handle: Handler, settings: ClientSettings = {}, auth = new FakeAuth()) {
  const asked: Asked[] = []
  const clock = { ms: 0 }
  const { timer, waiting, pass } = createTestTimer()
  let keys = 0
  const where = settings.tokens?.type === 'cookie' ? { origin: tienda } : addresses
  const client = createClient({
    ...where,
    ...settings,
    environment: {
      timer,
      now: () => clock.ms,
      epochMs: () => clock.ms,
      random: () => 1,
      newKey: () => `key-${++keys}`,
      locks: undefined,
      channel: undefined,
      visibility: undefined,
      pageOrigin: undefined,
      async fetch(input, init) {
        const one = await askedFrom(input, init)
        if (one.signal.aborted) throw new DOMException('aborted', 'AbortError')
        asked.push(one)
        return isDoor(one.url) ? await auth.answer(one) : await handle(one)
      },
      ...settings.environment,
    },
  })
  return { client, asked, auth, clock, timer, waiting, pass }
}

/** Answers only who has a good token, as the guard of the services does. */
export const guarded =
  (auth: FakeAuth, handle: Handler): Handler =>
  (asked) =>
    auth.knows(asked.headers.get('authorization')) ? handle(asked) : refusal(401, 'no-autenticado')

/** A stream that the test writes. */
export class Line {
  readonly #encoder = new TextEncoder()
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  closed = false

  response(): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller
      },
      cancel: () => {
        this.closed = true
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
  }

  send(text: string): void {
    this.#controller?.enqueue(this.#encoder.encode(text))
  }

  event(id: number): void {
    const data = { pedidoId: `p${id}`, numero: id, estado: 'Pendiente', motivo: null, en: 'x' }
    this.send(`id: ${id}\nevent: pedido\ndata: ${JSON.stringify(data)}\n\n`)
  }

  end(): void {
    this.#controller?.close()
  }

  break(): void {
    this.#controller?.error(new Error('connection reset'))
  }
}

/** The Web Locks of one browser. */
class FakeLocks {
  readonly #holders = new Map<string, (reason: unknown) => void>()
  readonly #queues = new Map<string, (() => void)[]>()

  async request<T>(
    name: string,
    ...[first, second]:
      readonly [work: () => Promise<T>] | readonly [options: LockOptions, work: () => Promise<T>]
  ): Promise<T> {
    const [options, work] = second === undefined ? [{}, first] : [first, second]
    if (typeof options === 'function' || typeof work !== 'function') throw new TypeError('no work')
    if (options.steal) this.#holders.get(name)?.(new DOMException('stolen', 'AbortError'))
    else while (this.#holders.has(name)) await this.#turn(name, options.signal)
    const taken = Promise.withResolvers<never>()
    this.#holders.set(name, taken.reject)
    try {
      return await Promise.race([work(), taken.promise])
    } finally {
      if (this.#holders.get(name) === taken.reject) {
        this.#holders.delete(name)
        this.#queues.get(name)?.shift()?.()
      }
    }
  }

  async #turn(name: string, signal: AbortSignal | undefined): Promise<void> {
    const queue = this.#queues.get(name) ?? []
    this.#queues.set(name, queue)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    queue.push(resolve)
    signal?.addEventListener('abort', () => {
      const at = queue.indexOf(resolve)
      if (at >= 0) queue.splice(at, 1)
      reject(new DOMException('aborted', 'AbortError'))
    })
    await promise
  }
}

/** What tabs of one browser share. */
export function createBrowser() {
  const channels = new Set<{ name: string; deliver: (data: unknown) => void }>()
  let held: (() => void)[] | undefined
  const locks: Locks = new FakeLocks()
  const channel = (name: string): Channel => {
    const listeners = new Set<(event: { readonly data: unknown }) => void>()
    const self = {
      name,
      deliver: (data: unknown) => {
        for (const listener of listeners) listener({ data })
      },
    }
    channels.add(self)
    return {
      postMessage(message) {
        const others = [...channels].filter((one) => one !== self && one.name === name)
        const deliver = () => {
          for (const other of others) other.deliver(structuredClone(message))
        }
        if (held) held.push(deliver)
        else deliver()
      },
      addEventListener: (_type, listener) => void listeners.add(listener),
      close: () => void channels.delete(self),
    }
  }
  /** From now on messages wait. */
  const hold = () => {
    held = []
  }
  const deliver = () => {
    const late = held ?? []
    held = undefined
    for (const one of late) one()
  }
  return { locks, channel, channels, hold, deliver }
}
