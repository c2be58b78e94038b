import { reglas } from '../identity/access.ts'
import { detailOf, type GlobalRoute } from './repairs/global-routes.ts'

/** The library that makes it declares nothing; it says what this very module proves of the others. */
const documented = new Set(['/openapi/json'])

/**
 * The routes that name neither `publico` nor a line of `reglas`, as `GET /path`. What OpenAPI does
 * not show must be open to all: nothing guarded may hide from those who read the document.
 */
export function undeclaredRoutes(routes: readonly GlobalRoute[]): string[] {
  return routes
    .filter((route) => {
      if (documented.has(route.path)) return false
      const detail = detailOf(route)
      const rule = detail['x-acceso']
      if (rule === 'publico') return false
      return typeof rule !== 'string' || !Object.hasOwn(reglas, rule) || detail['hide'] === true
    })
    .map(({ method, path }) => `${method} ${path}`)
}
