import { afterAll, expect, test } from 'bun:test'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Environment, type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import type { Running } from '@encargo/service-kit/http/serve'
import { startSentence } from '@encargo/service-kit/run/run'
import { start as startAuth } from '../../apps/auth/src/main.ts'
import { start as startInventario } from '../../apps/inventario/src/main.ts'
import { start as startPagos } from '../../apps/pagos/src/main.ts'
import { start as startPedidos } from '../../apps/pedidos/src/main.ts'
import { start as startProductos } from '../../apps/productos/src/main.ts'
import { temporaryFolder } from '../../scripts/audit/test-shop.ts'

const { folder, remove } = temporaryFolder('lost')
afterAll(remove)

const starts: Record<ServiceName, (env: Environment) => Promise<Running>> = {
  auth: startAuth,
  productos: startProductos,
  inventario: startInventario,
  pedidos: startPedidos,
  pagos: startPagos,
}

/** Starts it and stops it again; answers why it would not, undefined when it did. */
async function attempt(service: ServiceName, dataDir: string): Promise<string | undefined> {
  const nobody = 'http://127.0.0.1:1'
  const env = {
    DATA_DIR: dataDir,
    [`${service.toUpperCase()}_PORT`]: '0',
    LOG_LEVEL: 'error',
    AUTH_URL: nobody,
    PRODUCTOS_URL: nobody,
    INVENTARIO_URL: nobody,
    PEDIDOS_URL: nobody,
  }
  try {
    const running = await starts[service](env)
    await running.stop()
    return undefined
  } catch (error) {
    return startSentence(error) ?? String(error)
  }
}

test.each([...serviceNames])(
  '%s does not start on an empty database where it had one',
  async (service) => {
    const dataDir = join(folder, service)
    mkdirSync(dataDir)
    const file = join(dataDir, `${service}.db`)
    for (let time = 0; time < 2; time++) expect(await attempt(service, dataDir)).toBeUndefined()
    rmSync(file)
    expect(await attempt(service, dataDir)).toContain(`${file} was here and is gone or empty`)
    writeFileSync(file, '')
    expect(await attempt(service, dataDir)).toContain('bring it back with bun run restore')
    rmSync(`${file}-kept`)
    expect(await attempt(service, dataDir)).toBeUndefined()
  },
)
