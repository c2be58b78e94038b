import { Type } from '@sinclair/typebox'
import type { ServiceAccount } from '../identity/service-accounts.ts'
import { unforeseen } from './answers.ts'
import { type CallContext, callHeaders } from './call-context.ts'
import type { PeerLink } from './peer-link.ts'
import { type Answer, ask, shape } from './peer.ts'
import { type IssuedToken, ServiceToken } from './service-token.ts'

// A service calls others as its own service account.

const isToken = shape(
  Type.Object({
    access_token: Type.String({ minLength: 1 }),
    expires_in: Type.Number({ exclusiveMinimum: 0 }),
  }),
)

const sinReconocer = (account: string) =>
  `auth no reconoce a ${account}: ${account.toUpperCase()}_CLIENT_SECRET tiene que ser el mismo en auth y en ` +
  `${account}. Sin la variable, cada máquina hace el suyo en DATA_DIR.`
const tokenAjeno = (account: string, peer: string) =>
  `${peer} no acepta los tokens que auth da a ${account}: AUTH_URL tiene que llevar al mismo auth en los dos.`
const sinPermiso = (account: string, peer: string) =>
  `${peer} no deja a ${account} hacer su trabajo: en auth, la cuenta de servicio ${account} no tiene sus permisos.`

/** What auth is asked for a token with. */
export interface TokenRequest {
  readonly grant_type: 'client_credentials'
  readonly client_id: ServiceAccount
  readonly client_secret: string
}

interface OwnAccount {
  readonly id: ServiceAccount
  readonly secret: string
}

/** The token of a service's own account, for the calls that need one. */
export function accountToken(
  auth: PeerLink,
  { id, secret }: OwnAccount,
  issue: (request: TokenRequest) => Promise<Answer<IssuedToken>>,
): ServiceToken {
  const request = {
    grant_type: 'client_credentials',
    client_id: id,
    client_secret: secret,
  } as const
  return new ServiceToken(async () => {
    const answer = await ask('auth', issue(request), isToken)
    if (answer.ok) {
      auth.fit.settle('identidad')
      return answer.data
    }
    const { status } = answer.error
    if (status === 401) throw auth.fit.refuse('identidad', sinReconocer(id))
    throw unforeseen('auth', status)
  })
}

/** What came of a call. */
export interface Outcome {
  readonly ok: boolean
  readonly error?: { readonly status: unknown; readonly value?: unknown }
}

/**
 * How `account` calls: with its token, and once more with a fresh one when that is not good any more. What it
 * answers throws PeerMisfitError when the peer takes not even the fresh one, or not for this.
 */
export const callerAs =
  (account: ServiceAccount) =>
  async <T extends Outcome>(
    { name, fit }: PeerLink,
    token: ServiceToken,
    call: CallContext,
    work: (headers: Record<string, string>) => Promise<T>,
  ): Promise<T> => {
    const headers = async () => ({
      ...callHeaders(call),
      authorization: `Bearer ${await token.get()}`,
    })
    let answer = await work(await headers())
    if (!answer.ok && answer.error?.status === 401) {
      token.forget()
      answer = await work(await headers())
    }
    const status = answer.ok ? undefined : answer.error?.status
    if (status === 401) throw fit.refuse('token', tokenAjeno(account, name))
    if (status === 403) throw fit.refuse('token', sinPermiso(account, name))
    fit.settle('token')
    return answer
  }
