import { describe, expect, test } from 'bun:test'
import { fetchKeysFrom } from '../src/identity/jwks.ts'
import { PeerFit } from '../src/peer/peer-fit.ts'
import type { PeerLink } from '../src/peer/peer-link.ts'
import { silentLogger } from '../src/run/logger.ts'
import { TokenVerifier } from '../src/identity/tokens.ts'
import { createTestTokens } from '../src/testing/service.ts'

/** A link to an auth that answers as the test says. */
function authThat(answer: () => Response | Promise<Response>) {
  const asked: string[] = []
  const fetcher = async (input: string | URL | Request) => {
    asked.push(input instanceof Request ? input.url : String(input))
    return await answer()
  }
  const link: PeerLink = {
    name: 'auth',
    origin: 'http://localhost:8000',
    fetcher: Object.assign(fetcher, { preconnect: fetch.preconnect }),
    fit: new PeerFit('auth', silentLogger),
    metrics: () => {
      throw new Error('nobody asks for these here')
    },
  }
  return { link, asked }
}

describe('the public keys of auth', () => {
  test('are taken from where RFC 8615 puts them, and verify its tokens', async () => {
    const { jwks, token } = createTestTokens()
    const { link, asked } = authThat(() => Response.json(jwks))
    const verifier = new TokenVerifier({ fetchKeys: fetchKeysFrom(link), now: Date.now })
    expect(await verifier.verify(token({ rol: 'admin' }))).toMatchObject({ ok: true })
    expect(asked).toEqual(['http://localhost:8000/.well-known/jwks.json'])
  })

  const broken: [string, () => Response | Promise<Response>][] = [
    ['an error', () => new Response('{"keys":[]}', { status: 503 })],
    ['no JSON', () => new Response('<html>')],
    ['another shape', () => Response.json({ keys: [{ kid: 'a' }] })],
    ['no connection', () => Promise.reject(new Error('ECONNREFUSED'))],
  ]
  for (const [what, answer] of broken) {
    test(`count as not to be had when auth gives ${what}`, async () => {
      const { token } = createTestTokens()
      const verifier = new TokenVerifier({
        fetchKeys: fetchKeysFrom(authThat(answer).link),
        now: Date.now,
      })
      expect(await verifier.verify(token({}))).toEqual({
        ok: false,
        reason: 'keys-unavailable',
      })
    })
  }
})
