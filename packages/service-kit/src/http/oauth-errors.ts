import type { Problema } from './problems.ts'

/** Where OAuth clients ask for tokens (RFC 6749, 3.2). Its refusals are read by their libraries. */
export const tokenEndpoint = '/token'

/** The router takes a slash at the end as well. */
export const isTokenEndpoint = (path: string) => path.replace(/\/$/, '') === tokenEndpoint

function errorFor(status: number): string {
  if (status === 408 || status === 429 || status === 503) return 'temporarily_unavailable'
  return status < 500 ? 'invalid_request' : 'server_error'
}

/** What `error_description` may hold: ASCII without `"` and `\`. */
function asDescription(text: string): string {
  const plain = text.normalize('NFD').replaceAll(/\p{M}|[¿¡]/gu, '')
  return plain.replaceAll(/["\\]/g, "'").replaceAll(/[^\x20-\x7e]/g, '?')
}

/** A refusal in both vocabularies: that of RFC 6749, 5.2 beside our own members. */
export function asOAuthError(problema: Problema) {
  const error = 'error' in problema ? problema.error : undefined
  return {
    error: error ?? errorFor(problema.status),
    error_description: asDescription(problema.detail),
    ...problema,
  }
}
