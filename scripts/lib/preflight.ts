import { machineClock } from '@encargo/service-kit/async/clock'
import { checkAddress } from '@encargo/service-kit/http/address'
import { type Environment, parseConfig, withPeerOrigins } from '@encargo/service-kit/run/config'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { checkServiceDatabase, writableDataDir } from '@encargo/service-kit/run/service-data-dir'
import { StartError } from '@encargo/service-kit/run/start-error'
import { adminOf, AuthConfig, mailOf } from '../../apps/auth/src/config.ts'
import { InventarioConfig } from '../../apps/inventario/src/config.ts'
import { encendidosDe, PagosConfig } from '../../apps/pagos/src/config.ts'
import { PedidosConfig } from '../../apps/pedidos/src/config.ts'
import { ProductosConfig } from '../../apps/productos/src/config.ts'
import { TiendaConfig } from '../../apps/tienda/src/config.ts'
import { checkFirstAdmin } from './first-admin.ts'
import { migrationsOf, postgresMigrationsOf } from './services.ts'
import { type ProcessName, portVariable } from '@encargo/service-kit/run/together'

type Kept = Parameters<typeof checkServiceDatabase>[0]

interface Address {
  readonly host: string
  readonly port: number
  /** What says where it keeps what it knows; undefined where it keeps nothing. */
  readonly kept?: Kept
}

/** Where a service would listen and write; throws ConfigError for a bad variable. */
const address: Record<ProcessName, (env: Environment) => Address> = {
  auth: (env) => {
    const config = parseConfig(AuthConfig, env)
    adminOf(config)
    mailOf(config)
    return { host: config.HOST, port: config.AUTH_PORT, kept: config }
  },
  productos: (env) => {
    const config = parseConfig(ProductosConfig, env)
    return { host: config.HOST, port: config.PRODUCTOS_PORT, kept: config }
  },
  inventario: (env) => {
    const config = parseConfig(InventarioConfig, env)
    return { host: config.HOST, port: config.INVENTARIO_PORT, kept: config }
  },
  pedidos: (env) => {
    const config = parseConfig(PedidosConfig, env)
    return { host: config.HOST, port: config.PEDIDOS_PORT, kept: config }
  },
  pagos: (env) => {
    const config = parseConfig(PagosConfig, env)
    encendidosDe(config)
    return { host: config.HOST, port: config.PAGOS_PORT, kept: config }
  },
  tienda: (env) => {
    const config = parseConfig(TiendaConfig, env)
    return { host: config.HOST, port: config.TIENDA_PORT }
  },
}

/** @throws ConfigError where tienda would not understand what is in the shop's own folder */
async function checkOwnFolder({ TIENDA_DIR }: TiendaConfig): Promise<void> {
  if (!TIENDA_DIR) return
  const { CarpetaPropia } = await import('../../apps/tienda/src/server/propio/abrir.ts')
  await CarpetaPropia.abrir(TIENDA_DIR, { clock: machineClock, logger: silentLogger })
}

/**
 * Looks at everything that could stop one of `services` from starting before any of them is
 * started, so that nothing is left half-started.
 * @param listening those of them that will listen
 * @throws ConfigError, StartError or StorageOpenError with one sentence
 */
export async function preflight(
  services: readonly ProcessName[],
  env: Environment,
  listening = services,
): Promise<void> {
  const complete = withPeerOrigins(env)
  const places = services.map((service) => ({ service, ...address[service](complete) }))
  const addresses = places.filter(({ service }) => listening.includes(service))
  const taken = new Map<number, ProcessName>()
  for (const { service, port } of addresses) {
    const other = port === 0 ? undefined : taken.get(port)
    if (other !== undefined) {
      const names = `${other.toUpperCase()}_PORT and ${service.toUpperCase()}_PORT`
      throw new StartError(`${names} are both ${port}; give each service a port of its own.`)
    }
    taken.set(port, service)
  }
  for (const { service: name, host: hostname, port } of addresses) {
    checkAddress({ name, hostname, port, variable: portVariable(name, env) })
  }
  for (const { service, kept } of places) {
    if (service === 'tienda' || !kept) continue
    const migrations = { sqlite: migrationsOf(service), postgres: postgresMigrationsOf(service) }
    await checkServiceDatabase(kept, service, migrations, (why) =>
      console.error(`${service}: ${why} It is waited for.`),
    )
  }
  if (services.includes('auth')) await checkFirstAdmin(parseConfig(AuthConfig, complete))
  if (services.includes('tienda')) await checkOwnFolder(parseConfig(TiendaConfig, complete))
  // At the end, so that nothing is made for a start that is refused.
  for (const { kept } of places) if (kept) writableDataDir(kept.DATA_DIR)
}
