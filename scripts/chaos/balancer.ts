/** Never reached a replica: whatever was asked may be asked of another. */
const isRefused = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ConnectionRefused'

const asksOnly = new Set(['GET', 'HEAD'])

/** A stream of a replica that ends with it. */
async function* whileItLives(stream: ReadableStream<Uint8Array>) {
  try {
    yield* stream
  } catch {
    // It was killed.
  }
}

interface Replica {
  readonly origin: string
  /** How many requests it has not begun to answer. */
  waiting: number
}

/**
 * A proxy before the replicas of one service, which gives each request to the one that has the fewest: so one
 * that stands still is left alone.
 */
export interface Balancer {
  readonly origin: string
  /** One more replica, at its origin; answers how to take it out again. */
  add(origin: string): () => void
  close(): Promise<void>
}

/** @param port where it listens; anywhere, unless given */
export function openBalancer(port = 0): Balancer {
  const replicas: Replica[] = []

  /** Whom to ask, one after the other; those that are as free as others have their turn. */
  function inTurn(): readonly Replica[] {
    const order = replicas.toSorted((a, b) => a.waiting - b.waiting)
    const [first] = order
    if (first) replicas.push(...replicas.splice(replicas.indexOf(first), 1))
    return order
  }

  /** As nginx does: another one is asked where that is safe, and whoever changes something asks again. */
  async function pass(request: Request): Promise<Response> {
    const { method, headers } = request
    const body = asksOnly.has(method) ? undefined : await request.arrayBuffer()
    const path = request.url.slice(new URL(request.url).origin.length)
    for (const replica of inTurn()) {
      replica.waiting++
      try {
        const answer = await fetch(replica.origin + path, {
          method,
          headers,
          redirect: 'manual',
          decompress: false,
          signal: request.signal,
          ...(body ? { body } : {}),
        })
        const isLive = answer.headers.get('content-type')?.startsWith('text/event-stream')
        return isLive && answer.body ? new Response(whileItLives(answer.body), answer) : answer
      } catch (error) {
        if (!isRefused(error) && !asksOnly.has(method)) break
      } finally {
        replica.waiting--
      }
    }
    return new Response(null, { status: 502 })
  }

  // Live orders may say nothing for a while.
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port,
    idleTimeout: 60,
    fetch: pass,
  })
  return {
    origin: server.url.origin,
    add(origin) {
      const replica = { origin, waiting: 0 }
      replicas.push(replica)
      return () => void replicas.splice(replicas.indexOf(replica), 1)
    },
    close: () => server.stop(true),
  }
}
