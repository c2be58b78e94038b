import { type Environment, type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { quietPorts } from '../chaos/ports.ts'
import { noQuotas } from './no-quotas.ts'

/** A free port for each of `names`. */
export function portsFor<K extends string>(names: readonly K[]): Record<K, number> {
  const ports = quietPorts(names.length)
  const entries = names.map((name, index) => [name, ports[index] ?? 0])
  // They have exactly these names, which fromEntries can't say.
  return Object.fromEntries(entries) as Record<K, number>
}

export interface OwnSystem {
  readonly dataDir: string
  readonly ports: Readonly<Record<ServiceName, number>>
  readonly admin: { readonly email: string; readonly password: string }
}

/** The environment of services that nobody but their starter uses: on this machine, without limits. */
export const ownEnvironment = ({ dataDir, ports, admin }: OwnSystem): Environment => ({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  DATA_DIR: dataDir,
  ADMIN_EMAIL: admin.email,
  ADMIN_PASSWORD: admin.password,
  RATE_LIMIT: 'off',
  ...noQuotas,
  ...Object.fromEntries(
    serviceNames.map((name) => [`${name.toUpperCase()}_PORT`, String(ports[name])]),
  ),
})
