import { createServer } from 'node:net'

/** Below the ports that outgoing connections get on any usual system, so that none is taken in between. */
const first = 15_000
const blocks = 120
const blockSize = 125

let handedOut = 0

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
 * listens there is dead for a moment; processes that look at the same time look in other places.
 */
export async function quietPorts(count: number): Promise<number[]> {
  const base = first + (process.pid % blocks) * blockSize
  const found: number[] = []
  for (let tries = 0; found.length < count; tries++) {
    if (tries > blocks * blockSize) throw new Error(`there are no ${count} free ports`)
    const port = first + ((base - first + handedOut++) % (blocks * blockSize))
    if (await isFree(port)) found.push(port)
  }
  return found
}
