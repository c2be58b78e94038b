import { type Addresses, type Answer, ask, type Client, createClient } from '@encargo/client'
import { pause } from './mischief.ts'

/** What every refusal has, and what stands for no answer: its status is 0. */
interface Refusal {
  readonly codigo: string
  readonly status: number
}

/** What a balancer answers where it can't tell what became of a request. */
const balancers = 502

/** Whether a refusal says nothing about the request, so that it is to be repeated. */
export const isTransient = ({ codigo, status }: Refusal) =>
  [0, 401, 429, balancers, 503].includes(status) || codigo === 'idempotencia-en-curso'

export const wordingOf = ({ codigo, status }: Refusal) => `${status} ${codigo}`

export interface Persistence<A> {
  readonly signal: AbortSignal
  /** How long to wait before the next attempt, in milliseconds. */
  readonly waitMs: () => number
  readonly onRetry?: () => void
  /** Each answer as it comes, those that say nothing too. */
  readonly onAnswer?: (answer: A) => void
}

/** Repeats a request until there is an answer that counts, or the run is over: then null. */
export async function persist<T, P extends Refusal>(
  request: () => Promise<Answer<T, P>>,
  { signal, waitMs, onRetry, onAnswer }: Persistence<Answer<T, P>>,
): Promise<Answer<T, P> | null> {
  for (;;) {
    const answer = await request()
    onAnswer?.(answer)
    if (answer.ok || !isTransient(answer.problem)) return answer
    if (signal.aborted) return null
    await pause(waitMs(), signal)
    if (signal.aborted) return null
    onRetry?.()
  }
}

interface Credentials {
  readonly email: string
  readonly password: string
}

/** Whoever is told to come again is told when. */
const watched =
  (onStrange: (what: string) => void) =>
  async (input: string | URL | Request, init?: RequestInit) => {
    const answer = await fetch(input, init)
    if (answer.status === 503 && !(Number(answer.headers.get('retry-after')) > 0))
      onStrange(`${answer.url} was answered 503 without Retry-After`)
    return answer
  }

/** How long a client waits before it takes a request for lost, in milliseconds. */
const patienceMs = 4_000

/** Somebody with a client, who logs in when nobody is, as at first and when auth has forgotten them. */
export class Person {
  readonly #client: Client
  readonly #who: Credentials
  #entering: Promise<unknown> | undefined

  /** @param onStrange told of an answer that nobody should get */
  constructor(origins: Addresses, who: Credentials, onStrange: (what: string) => void) {
    const environment = { fetch: watched(onStrange) }
    this.#client = createClient({ ...origins, environment, timeoutMs: patienceMs })
    this.#who = who
  }

  /** The client, for a request; without a login where auth can't be asked now. */
  async client(): Promise<Client> {
    if (this.#client.session !== 'open') {
      this.#entering ??= this.#client.login(this.#who).finally(() => {
        this.#entering = undefined
      })
      await this.#entering
    }
    return this.#client
  }

  /** Registers a shopper before anything bad happens. */
  static async register(
    origins: Addresses,
    name: string,
    onStrange: (what: string) => void,
  ): Promise<Person> {
    const who = { email: `${name}@caos.example`, password: `${crypto.randomUUID()}-${name}` }
    const person = new Person(origins, who, onStrange)
    const { auth } = person.#client
    const answer = await persist(
      () => ask(auth.register.post({ ...who, nombre: `Compradora ${name}` })),
      { signal: AbortSignal.timeout(20_000), waitMs: () => 200 },
    )
    // On a busy machine the first answer may come too late to be waited for, and the next one is 409.
    if (answer?.ok || answer?.problem.status === 409) return person
    throw new Error(`a shopper could not register: ${answer && wordingOf(answer.problem)}`)
  }
}
