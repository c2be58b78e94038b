import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start } from '@encargo/auth/main'
import type { Environment } from '@encargo/service-kit/run/config'
import { quietPorts } from '../../scripts/chaos/ports.ts'
import { noQuotas } from '../../scripts/lib/no-quotas.ts'
import { admin, clientsAt } from '../system/harness.ts'
import { login, must, newShopper } from '../system/walk.ts'

export interface Person {
  readonly id: string
  readonly headers: { readonly authorization: string }
}

/** An installation in which people are registered and logged in, for systems to be copied from. */
export interface Template {
  readonly shopper: Person
  readonly staff: Person
  copyTo(dataDir: string): void
  remove(): void
}

/** What every system of these tests is started with, wherever it is. */
export const commonEnvironment = (dataDir: string): Environment => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  NODE_ENV: 'production',
  DATA_DIR: dataDir,
  // One name wherever it listens: the tokens of the template are for its copies, too.
  AUTH_ISSUER: 'http://auth.test',
  ADMIN_EMAIL: admin.email,
  ADMIN_PASSWORD: admin.password,
  LOG_LEVEL: 'error',
  RATE_LIMIT: 'off',
  ...noQuotas,
})

/**
 * Hashing and judging passwords is most of the cost of a new system, so it is done once.
 * @param extra such as where the people are kept, if not in the folder that is copied
 */
export async function createTemplate(extra: Environment = {}): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-template-'))
  const [port = 0] = quietPorts(1)
  const auth = await start({ ...commonEnvironment(folder), ...extra, AUTH_PORT: String(port) })
  const nowhere = { productos: '', inventario: '', pedidos: '', pagos: '' }
  const clients = clientsAt({ ...nowhere, auth: auth.url })
  const shopper = await newShopper(clients)
  const { headers } = await login(clients, admin)
  const { id } = must(await clients.auth.me.get({ headers }))
  await auth.stop()
  return {
    shopper,
    staff: { id, headers },
    copyTo: (dataDir) => cpSync(folder, dataDir, { recursive: true }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
