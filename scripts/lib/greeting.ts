import { dirname } from 'node:path'
import { placesOf } from '@encargo/service-kit/run/place'
import type { Environment } from '@encargo/service-kit/run/config'
import { shownUrl } from '@encargo/storage'
import { hasAdmin } from './first-admin.ts'

const invitation = `
Nobody can administer it yet. To become its first admin, stop it (Ctrl-C), write two lines into a file,

  ADMIN_EMAIL=you@shop.example
  ADMIN_PASSWORD=a long sentence of your own

and start it with encargo --env-file FILE.`

/**
 * What whoever starts the executable is told once it can be reached, maybe for the first time. To be
 * asked for before it starts, as it looks at databases that are at rest.
 */
export async function greetingFor(env: Environment): Promise<(url: string) => string> {
  const place = placesOf(env).auth
  const invited = env['ADMIN_EMAIL'] || (await hasAdmin(place)) ? '' : invitation
  const kept = place.engine === 'sqlite' ? dirname(place.file) : shownUrl(place.url)
  return (url) => `\nThe shop is open at ${url}, its data is in ${kept}.${invited}`
}
