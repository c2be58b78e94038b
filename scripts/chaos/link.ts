import { once } from 'node:events'
import { createServer, connect, type Socket } from 'node:net'

/** What a way between two services does to what it carries. */
export type LinkMode =
  | { readonly kind: 'open' }
  /** Nobody listens. */
  | { readonly kind: 'refuse' }
  /** Connections are taken and nothing is carried. */
  | { readonly kind: 'drop' }
  /** Requests arrive; answers are lost and the connection breaks. */
  | { readonly kind: 'mute' }
  | { readonly kind: 'delay'; readonly ms: number }

export interface Link {
  readonly origin: string
  readonly mode: LinkMode
  set(mode: LinkMode): Promise<void>
  /** Who is met from now on; what was under way is cut. */
  leadTo(place: Place): void
  close(): void
}

export interface Place {
  readonly host: string
  readonly port: number
}

const open: LinkMode = { kind: 'open' }

interface Pair {
  readonly near: Socket
  readonly far: Socket
  /** Bytes were held back or lost: what comes later makes no sense any more. */
  broken: boolean
}

function destroy({ near, far }: Pair): void {
  near.destroy()
  far.destroy()
}

/**
 * A way to another process that can be cut: TCP, on the loopback address only.
 * @param port where to listen
 * @param to whom to meet; a port of this machine, or another place
 */
export async function createLink(port: number, to: number | Place): Promise<Link> {
  let target = typeof to === 'number' ? { host: '127.0.0.1', port: to } : to
  let mode = open
  const pairs = new Set<Pair>()
  const server = createServer((near) => join(near))

  function join(near: Socket): void {
    const far = connect(target)
    const pair: Pair = { near, far, broken: false }
    pairs.add(pair)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.setNoDelay(true)
      socket.on('error', () => destroy(pair))
      socket.on('close', () => {
        // What was read of an answer still goes out.
        if (pair.broken) other.destroy()
        else other.end()
        if (near.destroyed && far.destroyed) pairs.delete(pair)
      })
    }
    near.on('data', (bytes) => carry(pair, far, bytes, 'request'))
    far.on('data', (bytes) => carry(pair, near, bytes, 'answer'))
  }

  function carry(pair: Pair, to: Socket, bytes: Buffer | string, what: 'request' | 'answer'): void {
    if (mode.kind === 'drop') pair.broken = true
    if (mode.kind === 'mute' && what === 'answer') return destroy(pair)
    if (pair.broken) return
    const held = mode
    if (held.kind !== 'delay') return void to.write(bytes)
    setTimeout(() => {
      if (to.writable) to.write(bytes)
    }, held.ms)
  }

  async function listen(): Promise<void> {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }

  function stopListening(): void {
    // Takes effect at once; its callback would wait for the connections, which end right here.
    server.close()
    for (const pair of pairs) destroy(pair)
  }

  await listen()
  return {
    origin: `http://127.0.0.1:${port}`,
    get mode() {
      return mode
    },
    async set(next) {
      // Bytes that are delayed must not be overtaken by those that are not any more.
      const leaves = mode.kind === 'delay'
      mode = next
      for (const pair of pairs) if (pair.broken || leaves) destroy(pair)
      if (next.kind === 'refuse') stopListening()
      else if (!server.listening) await listen()
    },
    leadTo(place) {
      target = place
      for (const pair of pairs) destroy(pair)
    },
    close: stopListening,
  }
}
