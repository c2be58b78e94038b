import { generateKeyPairSync } from 'node:crypto'
import { createTestTokens } from '@encargo/service-kit/testing/service'
import { serviceNames } from '@encargo/service-kit/run/config'
import { type ProcessName, processNames } from '@encargo/service-kit/run/together'
import { openBalancer } from '../../scripts/chaos/balancer.ts'
import { compiledMain } from '../../scripts/lib/compiled-main.ts'
import { type ServiceProcess, spawnService, stopAll } from '../../scripts/lib/services.ts'
import { clientsAt, freshEnvironment } from '../system/harness.ts'

const byName = <T>(make: (name: ProcessName) => T) =>
  Object.fromEntries(processNames.map((name) => [name, make(name)])) as Record<ProcessName, T>

/** One process of a service or of tienda, behind the balancer of its name. */
export interface Replica extends ServiceProcess<ProcessName> {
  readonly origin: string
  /** No more requests are given to it. */
  leave(): void
}

/**
 * A shop on one database of so many replicas of each that is named, two of each service and of tienda unless
 * it is said otherwise, all started at once.
 */
export async function startReplicas(
  database: string,
  { names = processNames, each = 2 }: { names?: readonly ProcessName[]; each?: number } = {},
) {
  const balancers = byName(() => openBalancer())
  const { privateKey } = generateKeyPairSync('ed25519')
  const issuer = balancers.auth.origin
  const fresh = freshEnvironment({
    DATABASE_URL: database,
    RATE_LIMIT: 'off',
    AUTH_ISSUER: issuer,
    AUTH_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    PEDIDOS_CLIENT_SECRET: 'a secret of the shop that is long enough for auth',
    ...Object.fromEntries(
      processNames.flatMap((name) => [
        [`${name.toUpperCase()}_URL`, balancers[name].origin],
        [`${name.toUpperCase()}_PORT`, '0'],
      ]),
    ),
  })
  const log: string[] = []
  const all = new Set<Replica>()

  /** @param main another version of it, in a file */
  async function start(service: ProcessName, main?: string): Promise<Replica> {
    const { env } = fresh
    const onLine = (line: string) => void log.push(`${service}: ${line}`)
    const own = main ?? compiledMain(service)
    const running = spawnService({ service, env, watch: false, main: own, onLine })
    const { [service]: origin = '' } = await running.ready.catch((error: unknown) => {
      throw new Error(log.join('\n'), { cause: error })
    })
    const leave = balancers[service].add(origin)
    const replica = { ...running, origin, leave }
    all.add(replica)
    void running.exited.then(() => all.delete(replica))
    return replica
  }

  const wanted = Array.from({ length: each }, () => names).flat()
  await Promise.all(wanted.map((name) => start(name)))
  const origins = Object.fromEntries(serviceNames.map((name) => [name, balancers[name].origin]))
  const keys: unknown = await (await fetch(`${issuer}/.well-known/jwks.json`)).json()
  return {
    clients: clientsAt(origins as Parameters<typeof clientsAt>[0]),
    origins: byName((name) => balancers[name].origin),
    tokens: createTestTokens(undefined, { privateKey, kid: kidIn(keys), issuer }),
    env: fresh.env,
    log,
    start,
    of: (name: ProcessName) => [...all].filter(({ service }) => service === name),
    async stop() {
      await stopAll([...all])
      await Promise.all(Object.values(balancers).map((one) => one.close()))
      fresh.remove()
    },
  }
}
export type ReplicatedShop = Awaited<ReturnType<typeof startReplicas>>

function kidIn(keys: unknown): string {
  return /"kid":"([^"]+)"/.exec(JSON.stringify(keys))?.[1] ?? ''
}
