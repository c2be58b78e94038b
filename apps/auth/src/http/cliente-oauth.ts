import { rechazar } from '@encargo/service-kit/http/problems'
import { basicOf, type CredencialesBasic } from './basic.ts'

/** RFC 7617, 2: what a client that used HTTP Basic is told when it was refused. */
export const retoBasic = 'Basic realm="encargo", charset="UTF-8"'

interface PeticionToken {
  readonly grant_type: string
  readonly client_id?: string
  readonly client_secret?: string
}

export type ClienteOAuth =
  | { readonly tipo: 'credenciales'; readonly credenciales: CredencialesBasic }
  | { readonly tipo: 'ilegible' | 'ninguno' }
  | { readonly tipo: 'dos-metodos' | 'sobra' }

/**
 * How a client says who it is: in the body or by HTTP Basic, not both (RFC 6749, 2.3). The id may
 * stand in the body as well when it is the same, as some libraries always send it.
 */
export function clienteDe(header: string | null, body: PeticionToken): ClienteOAuth {
  const { client_id: clientId, client_secret: clientSecret } = body
  const basic = basicOf(header)
  if (basic !== undefined && body.grant_type !== 'client_credentials') return { tipo: 'sobra' }
  if (basic === null) return { tipo: 'ilegible' }
  if (basic === undefined) {
    if (clientId === undefined || clientSecret === undefined) return { tipo: 'ninguno' }
    return { tipo: 'credenciales', credenciales: { clientId, clientSecret } }
  }
  const another = clientId !== undefined && clientId !== basic.clientId
  if (clientSecret !== undefined || another) return { tipo: 'dos-metodos' }
  return { tipo: 'credenciales', credenciales: basic }
}

const porQue = {
  'dos-metodos':
    'La cuenta de servicio se identifica una sola vez: en Authorization: Basic o en el cuerpo.',
  sobra: 'Con ese grant_type no se envía Authorization: Basic.',
} as const

/** RFC 6749, 5.2: the request itself is wrong, whoever sends it. */
export function peticionInvalida(tipo: keyof typeof porQue) {
  return rechazar('peticion-token-invalida', { detail: porQue[tipo], error: 'invalid_request' })
}

export function clienteRechazado() {
  const detail = 'client_id o client_secret no son válidos, o faltan.'
  return rechazar('credenciales-invalidas', { detail, error: 'invalid_client' })
}
