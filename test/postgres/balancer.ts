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

/** A proxy before the replicas of one service, which gives each request to one of them in turn. */
export interface Balancer {
  readonly origin: string
  /** One more replica, at its origin; answers how to take it out again. */
  add(replica: string): () => void
  close(): Promise<void>
}

export function openBalancer(): Balancer {
  const replicas: string[] = []
  let turn = 0

  /** As nginx does: another one is asked where that is safe, and whoever changes something asks again. */
  async function pass(request: Request): Promise<Response> {
    const { method, headers } = request
    const body = asksOnly.has(method) ? undefined : await request.arrayBuffer()
    const path = request.url.slice(new URL(request.url).origin.length)
    for (const _ of replicas) {
      const replica = replicas[turn++ % replicas.length] ?? ''
      try {
        const answer = await fetch(replica + path, {
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
      }
    }
    return new Response(null, { status: 502 })
  }

  // Live orders may say nothing for a while.
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    idleTimeout: 60,
    fetch: pass,
  })
  return {
    origin: server.url.origin,
    add(replica) {
      replicas.push(replica)
      return () => void replicas.splice(replicas.indexOf(replica), 1)
    },
    close: () => server.stop(true),
  }
}
