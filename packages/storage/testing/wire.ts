import type { Socket } from 'bun'

/** What a socket of ours still has to be sent, and where it leads. */
interface End {
  to: Promise<Socket<End>> | Socket<End>
  toServer: boolean
}

/** When a connection is to break: at a text that comes after another one, before that is heard or after. */
export interface Cut {
  readonly after: string
  readonly at: string
  readonly heard: boolean
}

/**
 * The way to a server, which tests can make as bad as ways are. It counts how often somebody asks after
 * having been answered: ways there and back.
 */
export async function wireTo(target: string) {
  const { hostname, port } = new URL(target)
  const live = new Set<Socket<End>>()
  const state = { turns: 0, asking: false, silent: false, deaf: false }
  let cutting: (Cut & { on?: Socket<End> }) | undefined

  async function pass(from: Socket<End>, bytes: Uint8Array): Promise<void> {
    // Bun uses the buffer again.
    const copy = Uint8Array.from(bytes)
    if (state.silent) return
    if (from.data.toServer) {
      if (!state.asking) state.turns++
      state.asking = true
    } else {
      state.asking = false
      if (state.deaf) return
    }
    const to = await from.data.to
    const text = cutting ? Buffer.from(copy) : undefined
    if (cutting && from.data.toServer && text?.includes(cutting.after)) cutting.on = from
    if (cutting?.on === from && text?.includes(cutting.at)) {
      if (cutting.heard) to.write(copy)
      cutting = undefined
      to.flush()
      from.terminate()
      return
    }
    // What these tests send fits into the buffers of a socket.
    to.write(copy)
    to.flush()
  }

  const end = async (socket: Socket<End>) => {
    live.delete(socket)
    ;(await socket.data.to).end()
  }
  const handlers = {
    data: (socket: Socket<End>, bytes: Uint8Array) => void pass(socket, bytes),
    close: (socket: Socket<End>) => void end(socket).catch(() => undefined),
    error: () => undefined,
  }
  const server = Bun.listen<End>({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      ...handlers,
      open(client) {
        live.add(client)
        const data: End = { to: client, toServer: false }
        const to = Bun.connect<End>({ hostname, port: Number(port), data, socket: handlers })
        to.catch(() => client.end())
        client.data = { to, toServer: true }
      },
    },
  })
  const url = new URL(target)
  url.port = String(server.port)

  return {
    url: url.href,
    /** How often somebody asked after the last answer. */
    turns: () => state.turns,
    /** Nothing gets through any more, in either direction, and nobody is told. */
    silence: (silent: boolean) => void (state.silent = silent),
    /** The server hears, and its answers are lost. */
    loseAnswers: (deaf: boolean) => void (state.deaf = deaf),
    /** Breaks a connection, at what is said over it for the first time: later it has a name. */
    cutOnce: (cut: Cut) => void (cutting = { ...cut }),
    /** Breaks all connections. */
    cut() {
      for (const one of live) one.terminate()
    },
    close() {
      server.stop(true)
    },
  }
}
