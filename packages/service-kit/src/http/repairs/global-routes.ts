import type { AnyElysia } from 'elysia'
import { isRecord } from '../openapi/json.ts'

// Elysia 1.4.30: what it knows of its routes is declared protected.

/** A route as Elysia keeps it; `hooks` holds its schemas and its OpenAPI text. */
export interface GlobalRoute {
  readonly method: string
  readonly path: string
  readonly hooks?: {
    readonly body?: unknown
    readonly query?: unknown
    readonly params?: unknown
    readonly detail?: unknown
  }
}

/**
 * Every route of the whole app that `plugin` has become a part of. Elysia declares the method
 * protected, yet its own OpenAPI plugin asks the same way; brackets are how TypeScript allows it.
 */
export function globalRoutes(plugin: AnyElysia): readonly GlobalRoute[] {
  return plugin['getGlobalRoutes']()
}

/** What a route says of itself; its macros write there as well. */
export function detailOf({ hooks }: Pick<GlobalRoute, 'hooks'>): Readonly<Record<string, unknown>> {
  return isRecord(hooks?.detail) ? hooks.detail : {}
}
