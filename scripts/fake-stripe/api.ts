import type { Books } from './books.ts'
import { decodeForm } from './form.ts'
import { Refusal } from './objects.ts'
import { answer } from './routes.ts'

export interface ApiOptions {
  readonly books: Books
  readonly secretKey: string
  readonly origin: () => string
}

function refused(error: unknown): Response {
  if (!(error instanceof Refusal)) throw error
  const { message, code, type, status } = error
  return Response.json(
    { error: { type, message, ...(code === undefined ? {} : { code }) } },
    { status },
  )
}

/** As long as a key is remembered. */
const day = 86_400

/** The API of one account: what it answers once, it answers each time to the same `Idempotency-Key`. */
export function createApi({ books, secretKey, origin }: ApiOptions) {
  const known = new Map<string, { readonly asked: string; readonly said: object; at: number }>()

  function perform(what: string, query: string, key: string | null): object {
    const asked = `${what} ${query}`
    const kept = key === null ? undefined : known.get(key)
    const before = kept && books.now() - kept.at < day ? kept : undefined
    if (before && before.asked !== asked) {
      const message = 'Keys for idempotent requests can only be used with the same parameters.'
      throw new Refusal(message, undefined, 400, 'idempotency_error')
    }
    if (before) return before.said
    const params = decodeForm(query)
    const said = structuredClone(answer(what, { books, params, origin: origin() }))
    if (key !== null) known.set(key, { asked, said, at: books.now() })
    return said
  }

  return async (request: Request): Promise<Response> => {
    const { method, headers, url } = request
    const { pathname, search } = new URL(url)
    try {
      if (headers.get('authorization') !== `Bearer ${secretKey}`) {
        throw new Refusal('Invalid API Key provided', undefined, 401)
      }
      const query = method === 'POST' ? await request.text() : search
      return Response.json(perform(`${method} ${pathname}`, query, headers.get('idempotency-key')))
    } catch (error) {
      return refused(error)
    }
  }
}
