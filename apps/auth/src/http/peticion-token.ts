import { problemError } from '@encargo/service-kit/http/problems'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'

export const RefreshToken = Type.String({
  minLength: 1,
  maxLength: 512,
  examples: ['el-token-de-renovacion'],
})

/** Other parameters may stand beside these, and are ignored (RFC 6749, 3.2). */
const abierto = { additionalProperties: true }
const Renovacion = Type.Object(
  { grant_type: Type.Literal('refresh_token'), refresh_token: RefreshToken },
  abierto,
)
const Credenciales = Type.Object(
  {
    grant_type: Type.Literal('client_credentials'),
    // Appendix A.1 there: no account is called what no database can be asked for.
    client_id: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000]*$' }),
    ),
    client_secret: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
    scope: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  abierto,
)
export const PedirToken = Type.Union([Renovacion, Credenciales])

const concesiones = { refresh_token: Renovacion, client_credentials: Credenciales } as const
export const grants = ['refresh_token', 'client_credentials'] as const

type OAuthError = 'invalid_request' | 'unsupported_grant_type'
const invalida = (error: OAuthError, detail: string) =>
  problemError('peticion-token-invalida', { error, detail })

/**
 * The parameters of a request for a token; one without a value counts as left out (RFC 6749, 3.2).
 * @throws ProblemError 400 as RFC 6749, 5.2 has it
 */
export function parametrosDe(body: unknown): Static<typeof PedirToken> {
  const given = Object.entries(typeof body === 'object' && body !== null ? body : {})
  const dados = Object.fromEntries(given.filter(([, value]) => value !== ''))
  const grant = dados['grant_type']
  if (typeof grant !== 'string') throw invalida('invalid_request', 'Falta grant_type.')
  const conocida = grants.find((one) => one === grant)
  if (conocida === undefined) {
    const detail = `grant_type puede ser ${grants.join(' o ')}.`
    throw invalida('unsupported_grant_type', detail)
  }
  if (Value.Check(PedirToken, dados)) return dados
  const campo = Value.Errors(concesiones[conocida], dados).First()?.path.slice(1)
  throw invalida('invalid_request', `${campo} falta o no sirve.`)
}
