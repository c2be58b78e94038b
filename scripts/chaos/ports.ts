/** Below the ports that outgoing connections get on any usual system, so that none is taken in between. */
const first = 15_000
const count = 17_000

/** Where this process began to look: others that look at the same time look elsewhere. */
let next = Math.floor(Math.random() * count)

function isFree(port: number): boolean {
  try {
    const socket = { data() {} }
    Bun.listen({ hostname: '127.0.0.1', port, exclusive: true, socket }).stop(true)
    return true
  } catch {
    return false
  }
}

/**
 * Ports on the loopback address that nobody listens on, all different. They stay free while what
 * listens there is dead for a moment.
 */
export function quietPorts(wanted: number): number[] {
  const found: number[] = []
  for (let tries = 0; found.length < wanted; tries++) {
    if (tries > count) throw new Error(`there are no ${wanted} free ports`)
    const port = first + (next++ % count)
    if (isFree(port)) found.push(port)
  }
  return found
}
