import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { Connection, type RequestParts, requestText } from '../load/connection.ts'

/** Milliseconds of every repetition, by operation. */
export type Samples = Map<string, number[]>

/**
 * Follows the span of its thirty days, not the orders stored: a thousand orders of the past that is
 * written here fill a third of a day, a million fill a year.
 */
export const summary = 'summary of 30 days (staff)'

interface Tokens {
  readonly shopper: string
  readonly staff: string
}

const Created = Type.Object({ id: Type.String() })

/** What callers of pedidos do all day, each timed alone on a connection that is open. */
export function operations(origin: string, productIds: readonly string[]) {
  let connection: Connection | undefined

  async function timed(expected: number, parts: Omit<RequestParts, 'host'>) {
    // Services close connections on which nothing was asked for a while.
    if (!connection?.open) connection = await Connection.open(origin)
    const request = requestText({ ...parts, host: connection.host })
    const sentAt = performance.now()
    const { status, body } = await connection.send(request)
    const ms = performance.now() - sentAt
    if (status === expected) return { ms, body }
    throw new Error(`${parts.method} ${parts.path}: ${status} ${body.toString().slice(0, 300)}`)
  }

  return async (round: number, { shopper, staff }: Tokens): Promise<Map<string, number>> => {
    const productoId = productIds[round % productIds.length]
    const order = JSON.stringify({ lineas: [{ productoId, cantidad: 1 }] })
    const key = Bun.randomUUIDv7()
    const path = '/pedidos'
    const buying = { method: 'POST', path, token: shopper, idempotencyKey: key, body: order }
    const bought = await timed(201, buying)
    const { id } = Value.Parse(Created, JSON.parse(bought.body.toString()))
    const one = `${path}/${id}`
    const newest = `${path}?limite=50`
    const allNewest = await timed(200, { method: 'GET', path: newest, token: staff })
    const ownNewest = await timed(200, { method: 'GET', path: newest, token: shopper })
    const read = await timed(200, { method: 'GET', path: one, token: shopper })
    const cancelling = { method: 'PATCH', path: one, token: shopper, body: cancelBody }
    const cancelled = await timed(200, cancelling)
    const added = await timed(200, { method: 'GET', path: `${path}/resumen`, token: staff })
    return new Map([
      ['newest 50 (staff)', allNewest.ms],
      ['newest 50 (shopper)', ownNewest.ms],
      ['read one', read.ms],
      ['buy', bought.ms],
      ['cancel', cancelled.ms],
      [summary, added.ms],
    ])
  }
}

const cancelBody = JSON.stringify({ estado: 'Cancelado', motivo: 'Era una prueba' })
