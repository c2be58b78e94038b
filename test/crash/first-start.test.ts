import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureServiceSecrets } from '@encargo/service-kit/identity/service-accounts'
import { quietPorts } from '../../scripts/chaos/ports.ts'
import { clientsAt } from '../system/harness.ts'
import { must } from '../system/walk.ts'
import { mortal } from './bundle.ts'
import { firstStartSpots } from './first-start.ts'
import { type Spot, Victim } from './victim.ts'

/** Dies while it makes its keys and credentials, starts again, and must be whole. */
async function dieAndStart(spot: Spot): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'encargo-first-'))
  const [port = 0] = quietPorts(1)
  const env = {
    PATH: process.env['PATH'],
    DATA_DIR: dataDir,
    AUTH_PORT: String(port),
    LOG_LEVEL: 'error',
  }
  const victim = new Victim({ program: 'auth', env, dataDir, main: mortal('auth') })
  try {
    await victim.startArmed(spot)
    await victim.dies()
    await victim.start()
    const origin = `http://127.0.0.1:${port}`
    const { auth } = clientsAt({
      auth: origin,
      productos: '',
      inventario: '',
      pedidos: '',
      pagos: '',
    })
    const { pedidos: client_secret } = await ensureServiceSecrets(dataDir)
    must(
      await auth.token.post({
        grant_type: 'client_credentials',
        client_id: 'pedidos',
        client_secret,
      }),
    )
    const { keys } = must(await auth['.well-known']['jwks.json'].get())
    expect(keys).toHaveLength(1)
    expect(victim.lastLines).toBe('')
  } finally {
    await victim.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

for (const spot of firstStartSpots) {
  test(`a first start that dies at ${spot} is followed by one that works`, () => dieAndStart(spot))
}
