import { scopes } from '@encargo/service-kit/identity/tokens'
import { tokenEndpoint } from '@encargo/service-kit/http/oauth-errors'
import { type Static, Type } from '@sinclair/typebox'
import { grants } from './peticion-token.ts'

const Textos = Type.Array(Type.String())
export const Metadatos = Type.Object({
  issuer: Type.String(),
  token_endpoint: Type.String(),
  jwks_uri: Type.String(),
  response_types_supported: Textos,
  grant_types_supported: Textos,
  scopes_supported: Textos,
  token_endpoint_auth_methods_supported: Textos,
  service_documentation: Type.String(),
})

export const rutaClaves = '/.well-known/jwks.json'

/**
 * What OAuth clients configure themselves with, `issuer` being all that they are told (RFC 8414, 2).
 * @param camino where this service is below that origin, such as `/api/auth`, or nothing
 */
export function metadatosDe(issuer: string, camino: string): Static<typeof Metadatos> {
  const lugar = `${issuer}${camino}`
  return {
    issuer,
    token_endpoint: `${lugar}${tokenEndpoint}`,
    jwks_uri: `${lugar}${rutaClaves}`,
    // Required, and none: there is no authorization endpoint.
    response_types_supported: [],
    grant_types_supported: [...grants],
    scopes_supported: [...scopes],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    service_documentation: `${lugar}/openapi`,
  }
}
