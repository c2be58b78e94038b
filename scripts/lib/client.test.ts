import { expect, test } from 'bun:test'
import { ask } from '@encargo/client'
import { as, patientClient } from './client.ts'

const refusal =
  (status: number, codigo: string, headers: Record<string, string> = {}) =>
  () =>
    Response.json({ title: 'Título', status, detail: 'Detalle.', codigo }, { status, headers })

/** Buys over a network that gives these answers in turn, the last one for ever. */
async function buyOver(...answers: readonly (() => Response)[]) {
  const seen: Headers[] = []
  const waits: number[] = []
  const where = { auth: 'http://a.test', productos: 'http://p.test', inventario: 'http://i.test' }
  const { pedidos } = patientClient(
    { ...where, pedidos: 'http://o.test' },
    {
      async fetch(_input, init) {
        const at = Math.min(seen.push(new Headers(init?.headers)), answers.length)
        return answers[at - 1]?.() ?? Response.error()
      },
      sleep: async (ms) => void waits.push(ms),
    },
  )
  const headers = { ...as('ficha').headers, 'idempotency-key': 'clave' }
  const lineas = [{ productoId: 'p-1', cantidad: 2 }]
  return { answer: await ask(pedidos.pedidos.post({ lineas }, { headers })), seen, waits }
}

test('what is refused for the moment is sent again, as late as it asks for and as it was', async () => {
  const { answer, seen, waits } = await buyOver(
    refusal(429, 'demasiadas-peticiones', { 'retry-after': '3' }),
    refusal(503, 'servicio-no-disponible'),
    refusal(409, 'idempotencia-en-curso'),
    () => Response.json({ id: 'o-1' }, { status: 201 }),
  )
  expect(answer.ok && answer.data.id).toBe('o-1')
  expect(waits).toEqual([3000, 1000, 1000])
  for (const headers of seen) {
    expect(headers.get('authorization')).toBe('Bearer ficha')
    expect(headers.get('idempotency-key')).toBe('clave')
  }
})

async function statusOf(...answers: readonly (() => Response)[]) {
  const { answer, seen } = await buyOver(...answers)
  return [answer.ok ? 0 : answer.problem.status, seen.length]
}

test('it is told after five attempts, or at once when the wait is too long or it is no matter of time', async () => {
  expect(await statusOf(refusal(503, 'servicio-no-disponible'))).toEqual([503, 5])
  const long = refusal(429, 'demasiadas-peticiones', { 'retry-after': '60' })
  expect(await statusOf(long)).toEqual([429, 1])
  expect(await statusOf(refusal(409, 'stock-insuficiente'))).toEqual([409, 1])
})
