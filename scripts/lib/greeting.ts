import { join } from 'node:path'
import type { Environment } from '@encargo/service-kit/run/config'
import { hayAdminEn } from '../../apps/auth/src/store/sqlite/hay-admin.ts'
import { dataDirOf } from './data-arg.ts'

const invitation = `
Nobody can administer it yet. To become its first admin, stop it (Ctrl-C), write two lines into a file,

  ADMIN_EMAIL=you@shop.example
  ADMIN_PASSWORD=a long sentence of your own

and start it with encargo --env-file FILE.`

/**
 * What whoever starts the executable is told once it can be reached, maybe for the first time. To be
 * asked for before it starts, as it looks at databases that are at rest.
 */
export function greetingFor(env: Environment): (url: string) => string {
  const dataDir = dataDirOf(env, undefined)
  const hasAdmin = Boolean(env['ADMIN_EMAIL']) || hayAdminEn(join(dataDir, 'auth.db'))
  return (url) =>
    `\nThe shop is open at ${url}, its data is in ${dataDir}.${hasAdmin ? '' : invitation}`
}
