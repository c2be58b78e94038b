import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkAddress } from '@encargo/service-kit/http/address'
import { type Environment, parseConfig, withPeerOrigins } from '@encargo/service-kit/run/config'
import { resolveDataDir } from '@encargo/service-kit/run/data-dir'
import { StartError } from '@encargo/service-kit/run/start-error'
import { adminOf, AuthConfig, mailOf } from '../../apps/auth/src/config.ts'
import { InventarioConfig } from '../../apps/inventario/src/config.ts'
import { PedidosConfig } from '../../apps/pedidos/src/config.ts'
import { ProductosConfig } from '../../apps/productos/src/config.ts'
import { TiendaConfig } from '../../apps/tienda/src/config.ts'
import { checkFirstAdmin } from './first-admin.ts'
import type { ProcessName } from '@encargo/service-kit/run/together'

interface Address {
  readonly host: string
  readonly port: number
  /** Null where nothing is kept. */
  readonly dataDir: string | null
}

/** Where a service would listen and write; throws ConfigError for a bad variable. */
const address: Record<ProcessName, (env: Environment) => Address> = {
  auth: (env) => {
    const config = parseConfig(AuthConfig, env)
    adminOf(config)
    mailOf(config)
    return { host: config.HOST, port: config.AUTH_PORT, dataDir: config.DATA_DIR }
  },
  productos: (env) => {
    const config = parseConfig(ProductosConfig, env)
    return { host: config.HOST, port: config.PRODUCTOS_PORT, dataDir: config.DATA_DIR }
  },
  inventario: (env) => {
    const config = parseConfig(InventarioConfig, env)
    return { host: config.HOST, port: config.INVENTARIO_PORT, dataDir: config.DATA_DIR }
  },
  pedidos: (env) => {
    const config = parseConfig(PedidosConfig, env)
    return { host: config.HOST, port: config.PEDIDOS_PORT, dataDir: config.DATA_DIR }
  },
  tienda: (env) => {
    const config = parseConfig(TiendaConfig, env)
    return { host: config.HOST, port: config.TIENDA_PORT, dataDir: null }
  },
}

function checkWritable(dataDir: string | null): void {
  if (dataDir === null) return
  const folder = resolveDataDir(dataDir)
  const probe = join(folder, `.probe-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new StartError(
      `DATA_DIR: the folder ${folder} cannot be written (${code}); set DATA_DIR to one that can.`,
    )
  }
}

/**
 * Looks at everything that could stop one of `services` from starting before any of them is
 * started, so that nothing is left half-started.
 *
 * @throws ConfigError or StartError with one sentence that names the variable
 */
export async function preflight(services: readonly ProcessName[], env: Environment): Promise<void> {
  const complete = withPeerOrigins(env)
  const addresses = services.map((service) => ({ service, ...address[service](complete) }))
  const taken = new Map<number, ProcessName>()
  for (const { service, port } of addresses) {
    const other = port === 0 ? undefined : taken.get(port)
    if (other !== undefined) {
      const names = `${other.toUpperCase()}_PORT and ${service.toUpperCase()}_PORT`
      throw new StartError(`${names} are both ${port}; give each service a port of its own.`)
    }
    taken.set(port, service)
  }
  for (const one of addresses) checkWritable(one.dataDir)
  for (const { service: name, host: hostname, port } of addresses) {
    checkAddress({ name, hostname, port })
  }
  if (services.includes('auth')) await checkFirstAdmin(parseConfig(AuthConfig, complete))
}
