import type { Scope } from '@encargo/service-kit/identity/tokens'

/** A program that signs in with a secret and may do what its scopes say. */
export interface CuentaServicio {
  readonly id: string
  readonly scopes: readonly Scope[]
}

/** How long a secret that was replaced is still taken, in milliseconds: time to restart its users. */
export const solapeSecretosMs = 24 * 60 * 60 * 1000

export type ScopesPedidos =
  { readonly ok: true; readonly scopes: readonly Scope[] } | { readonly ok: false }

/** All of the account's scopes unless fewer are asked for; asking for another one is refused. */
export function concederScopes(cuenta: CuentaServicio, pedidos: string | undefined): ScopesPedidos {
  if (pedidos === undefined || pedidos.trim() === '') return { ok: true, scopes: cuenta.scopes }
  const asked = pedidos.split(' ').filter(Boolean)
  const granted = cuenta.scopes.filter((scope) => asked.includes(scope))
  return asked.every((one) => granted.some((scope) => scope === one))
    ? { ok: true, scopes: granted }
    : { ok: false }
}
