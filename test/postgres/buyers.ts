import type { SQL } from 'bun'
import type { ReplicatedShop } from './replicated.ts'

/** What came of a purchase: its status, or 0 for one that never had an answer that counts. */
export interface Bought {
  readonly status: number
  readonly codigo?: string | undefined
  readonly id?: string | undefined
  /** From the first request to the answer that counts, in milliseconds. */
  readonly ms: number
  readonly requests: number
}

/** So many customers of auth, made in one statement, as each by themselves would take an hour; their ids. */
export async function customers(sql: SQL, many: number): Promise<string[]> {
  const ids = Array.from({ length: many }, () => Bun.randomUUIDv7())
  await sql.unsafe(
    `INSERT INTO auth.usuarios (numero, id, email, email_clave, password_hash, nombre, rol, activo,
       creado_en, actualizado_en, email_confirmado_en)
     SELECT (SELECT coalesce(max(numero), 0) FROM auth.usuarios) + n, id, 'c' || id || '@x.example',
       'c' || id || '@x.example', '-', 'Cliente', 'cliente', 1, 1, 1, 1
     FROM jsonb_array_elements_text($1::text::jsonb) WITH ORDINALITY AS t (id, n)`,
    [JSON.stringify(ids)],
  )
  return ids
}

/** Buys one unit, as often as it takes to get an answer that counts. */
export async function buy(
  shop: Pick<ReplicatedShop, 'origins' | 'tokens'>,
  id: string,
  productoId: string,
): Promise<Bought> {
  const { authorization } = shop.tokens.as({ id })
  const headers = {
    authorization,
    'content-type': 'application/json',
    'idempotency-key': Bun.randomUUIDv7(),
  }
  const body = JSON.stringify({ lineas: [{ productoId, cantidad: 1 }] })
  const started = performance.now()
  for (let requests = 1; ; requests++) {
    const answer = await ask(`${shop.origins.pedidos}/pedidos`, { method: 'POST', headers, body })
    if (!isAgain(answer) || requests === 100)
      return { ...answer, ms: performance.now() - started, requests }
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
