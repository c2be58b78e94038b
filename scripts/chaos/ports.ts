import { createServer } from 'node:net'

/** Below the ports that outgoing connections get on any usual system, so that none is taken in between. */
const first = 15_000
const count = 17_000

/** Where this process began to look: others that look at the same time look elsewhere. */
let next = Math.floor(Math.random() * count)

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const probe = createServer()
  probe.once('error', () => resolve(false))
  // Only when it is closed is the port free again.
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  return promise
}

/**
 * Ports on the loopback address that nobody listens on, all different. They stay free while what
 * listens there is dead for a moment.
 */
export async function quietPorts(wanted: number): Promise<number[]> {
  const found: number[] = []
  for (let tries = 0; found.length < wanted; tries++) {
    if (tries > count) throw new Error(`there are no ${wanted} free ports`)
    const port = first + (next++ % count)
    if (await isFree(port)) found.push(port)
  }
  return found
}
