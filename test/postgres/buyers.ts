import type { SQL } from 'bun'
import { palabrasDe } from '../../apps/auth/src/store/palabras.ts'
import type { ReplicatedShop } from './replicated.ts'

/** What came of a purchase: its status, or 0 for one that never had an answer that counts. */
export interface Bought {
  readonly status: number
  readonly codigo?: string | undefined
  readonly id?: string | undefined
  /** When its first request was sent, in monotonic milliseconds. */
  readonly from: number
  /** From then to the answer that counts. */
  readonly ms: number
  readonly requests: number
}

/** So many customers of auth, made in one statement, as each by themselves would take an hour; their ids. */
export async function customers(sql: SQL, many: number): Promise<string[]> {
  const made = Array.from({ length: many }, (_, n) => {
    const id = Bun.randomUUIDv7()
    const email = `c-${id}@correo.example`
    return { n: n + 1, id, email, palabras: palabrasDe('Cliente', email) }
  })
  await sql.unsafe(
    `INSERT INTO auth.usuarios (numero, id, email, email_clave, password_hash, nombre, palabras, rol,
       activo, creado_en, actualizado_en, email_confirmado_en)
     SELECT (SELECT coalesce(max(numero), 0) FROM auth.usuarios) + n, id, email, email, '-', 'Cliente',
       palabras, 'cliente', 1, 1, 1, 1
     FROM jsonb_to_recordset($1::text::jsonb) AS t (n bigint, id text, email text, palabras text)`,
    [JSON.stringify(made)],
  )
  return made.map(({ id }) => id)
}

/** Buys one unit, as often as it takes to get an answer that counts. */
export async function buy(
  shop: Pick<ReplicatedShop, 'origins' | 'tokens'>,
  id: string,
  productoId: string,
  more: { readonly cupon?: string } = {},
): Promise<Bought> {
  const { authorization } = shop.tokens.as({ id })
  const headers = {
    authorization,
    'content-type': 'application/json',
    'idempotency-key': Bun.randomUUIDv7(),
  }
  const body = JSON.stringify({ lineas: [{ productoId, cantidad: 1 }], ...more })
  const from = performance.now()
  for (let requests = 1; ; requests++) {
    const answer = await ask(`${shop.origins.pedidos}/pedidos`, { method: 'POST', headers, body })
    if (!isAgain(answer) || requests === 100)
      return { ...answer, from, ms: performance.now() - from, requests }
    // In real time, as a page waits before it asks again.
    await Bun.sleep(50)
  }
}

type Answer = Pick<Bought, 'status' | 'codigo' | 'id'>

/** What is asked again with the same key: nobody could be had, or another request is at it. */
const isAgain = ({ status, codigo }: Answer) =>
  [0, 502, 503].includes(status) || codigo === 'idempotencia-en-curso'

async function ask(url: string, init: RequestInit): Promise<Answer> {
  try {
    const answer = await fetch(url, init)
    const { status } = answer
    // The balancer's own.
    if (status === 502) return { status }
    const { codigo, id } = (await answer.json()) as Partial<Answer>
    return { status, codigo, id }
  } catch {
    return { status: 0 }
  }
}
