import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig, type ServiceName } from '@encargo/service-kit/run/config'
import type { Outside } from '@encargo/service-kit/run/outside'
import { testOutside } from '@encargo/service-kit/testing/outside'
import { AuthConfig } from '../../apps/auth/src/config.ts'
import { open as openAuth } from '../../apps/auth/src/open.ts'
import { InventarioConfig } from '../../apps/inventario/src/config.ts'
import { open as openInventario } from '../../apps/inventario/src/open.ts'
import { PagosConfig } from '../../apps/pagos/src/config.ts'
import { open as openPagos } from '../../apps/pagos/src/open.ts'
import { PedidosConfig } from '../../apps/pedidos/src/config.ts'
import { open as openPedidos } from '../../apps/pedidos/src/open.ts'
import { ProductosConfig } from '../../apps/productos/src/config.ts'
import { open as openProductos } from '../../apps/productos/src/open.ts'
import { casesOf } from './cases.ts'
import { firstStartSpots } from './first-start.ts'
import type { Prepared } from './operation.ts'
import { operationsTogether, pedidosOperations } from './operations.ts'
import { authOperations } from './operations-accounts.ts'
import { productosOperations } from './operations-catalogue.ts'
import { inventarioOperations } from './operations-stock.ts'
import { stepsIn } from './points.ts'
import { alike, calls, harmless, simulated } from './steps.ts'

const folder = mkdtempSync(join(tmpdir(), 'encargo-registry-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const env = { DATA_DIR: folder, RATE_LIMIT: 'off' }
const opens: Record<ServiceName, (outside: Outside) => Promise<{ close(): Promise<void> }>> = {
  auth: (outside) =>
    openAuth(parseConfig(AuthConfig, env), {
      ...outside,
      hashing: { cost: { memoryCost: 8, timeCost: 1 } },
    }),
  productos: (outside) => openProductos(parseConfig(ProductosConfig, env), outside),
  inventario: (outside) => openInventario(parseConfig(InventarioConfig, env), outside),
  pedidos: (outside) => openPedidos(parseConfig(PedidosConfig, env), outside),
  pagos: (outside) => openPagos(parseConfig(PagosConfig, env), outside),
}

/** What a service is put together of, as it hands it to `around`. */
async function portsOf(service: ServiceName): Promise<Record<string, unknown>> {
  const given = {}
  const { close } = await opens[service](
    testOutside({
      around: (ports) => {
        Object.assign(given, ports)
        return ports
      },
    }),
  )
  await close()
  return given
}

const pointsOf = (operations: readonly Prepared[]): string[] =>
  operations.flatMap(casesOf).flatMap(({ kill }) => kill?.point ?? [])

const killed = new Set<string>([
  ...pointsOf(pedidosOperations),
  ...pointsOf(inventarioOperations),
  ...pointsOf(productosOperations),
  ...pointsOf(authOperations),
  ...firstStartSpots,
])
const sidesOf = (step: string) => [`${step}.antes`, `${step}.despues`]

describe('the steps at which processes are killed', () => {
  const services = Object.keys(opens) as ServiceName[]
  const steps: string[] = Object.values(calls)
  beforeAll(async () => {
    for (const service of services) steps.push(...stepsIn(service, await portsOf(service)))
  })

  test('are those that the ports of the services have, and calls that are of no port', () => {
    expect(steps).toContain('pedidos.store.crear')
    expect(steps).toContain('pedidos.seguidores.alDia')
    expect([...killed].filter((point) => !steps.flatMap(sidesOf).includes(point))).toEqual([])
  })

  test('are all of them, but writes that stand alone', () => {
    const spared: readonly string[] = [...alike, ...simulated]
    const left = steps.filter((step) => !spared.includes(step))
    expect(left.flatMap(sidesOf).filter((point) => !killed.has(point))).toEqual([])
    expect(
      [...alike, ...simulated].filter((step) => sidesOf(step).some((point) => killed.has(point))),
    ).toEqual([])
  })

  test('are every call from service to service in one process of all, too', () => {
    const ports = [
      'pedidos.clientes',
      'pedidos.catalogo',
      'pedidos.reservas',
      'inventario.catalogo',
    ]
    const between = steps.filter((step) => ports.some((port) => step.startsWith(`${port}.`)))
    expect(between.length).toBeGreaterThan(ports.length)
    const together = new Set(pointsOf(operationsTogether))
    const within: readonly string[] = simulated
    const apart = between.filter((step) => !within.includes(step))
    const left = [...apart, ...Object.values(calls)].flatMap(sidesOf)
    expect(left.filter((point) => !together.has(point))).toEqual([])
  })

  test.each(services)('include the ports of %s that we know', async (service) => {
    expect(Object.keys(await portsOf(service))).toEqual(
      expect.arrayContaining(Object.keys(harmless[service])),
    )
  })
})
