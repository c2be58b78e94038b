/** Below the ports that outgoing connections get on any usual system, so that none is taken in between. */
const first = 15_000
const blocks = 120
const blockSize = 125

let handedOut = 0

function isFree(port: number): boolean {
  try {
    const probe = Bun.listen({ hostname: '127.0.0.1', port, socket: { data() {} } })
    probe.stop(true)
    return true
  } catch {
    return false
  }
}

/**
 * Ports on the loopback address that nobody listens on, all different. They stay free while what
 * listens there is dead for a moment; processes that look at the same time look in other places.
 */
export function quietPorts(count: number): number[] {
  const base = first + (process.pid % blocks) * blockSize
  const found: number[] = []
  for (let tries = 0; found.length < count; tries++) {
    if (tries > blocks * blockSize) throw new Error(`there are no ${count} free ports`)
    const port = first + ((base - first + handedOut++) % (blocks * blockSize))
    if (isFree(port)) found.push(port)
  }
  return found
}
