import type { Fetch } from './environment.ts'

/** Where a shop window takes from its own pages what auth is asked otherwise: it has the cookie. */
const doors = { '/login': 'login', '/token': 'renovar', '/logout': 'salir' } as const

/** Nobody is logged in, in the words that auth has for a refresh token that is worth nothing. */
const noSession = () => Response.json({ error: 'invalid_grant' }, { status: 400 })

/**
 * `fetch` that goes in at tienda's own door, `/api/sesion/…`, wherever `auth`, its address of auth
 * below `origin`, is asked to log in, to renew or to log out.
 */
export function cookieDoor(fetch: Fetch, origin: string, auth: string): Fetch {
  const places = new Map(
    Object.entries(doors).map(([path, door]) => [`${auth}${path}`, `${origin}/api/sesion/${door}`]),
  )
  return async (input, init) => {
    const place = places.get(String(input instanceof Request ? input.url : input))
    if (place === undefined) return await fetch(input, init)
    const answer = await fetch(place, init)
    return answer.status === 204 && place.endsWith('/renovar') ? noSession() : answer
  }
}
