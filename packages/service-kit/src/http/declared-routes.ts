import { reglas } from '../identity/access.ts'

/** A route as Elysia keeps it, as far as it says who may call it. */
export interface DeclaredRoute {
  readonly method: string
  readonly path: string
  readonly hooks?: { readonly detail?: unknown }
}

/** The library that makes it declares nothing; it says what this very module proves of the others. */
const documented = new Set(['/openapi/json'])

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/**
 * The routes that name neither `publico` nor a line of `reglas`, as `GET /path`. What OpenAPI does
 * not show must be open to all: nothing guarded may hide from those who read the document.
 */
export function undeclaredRoutes(routes: readonly DeclaredRoute[]): string[] {
  return routes
    .filter(({ path, hooks }) => {
      if (documented.has(path)) return false
      const detail = isRecord(hooks?.detail) ? hooks.detail : {}
      const rule = detail['x-acceso']
      if (rule === 'publico') return false
      return typeof rule !== 'string' || !Object.hasOwn(reglas, rule) || detail['hide'] === true
    })
    .map(({ method, path }) => `${method} ${path}`)
}
