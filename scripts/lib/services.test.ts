import { describe, expect, test } from 'bun:test'
import { trustedProxies } from '@encargo/service-kit'
import { serviceNames } from '@encargo/service-kit/config'
import { environmentFor, processNames } from './services.ts'

const trustOf = (text: string | undefined) => trustedProxies(text ?? 'off')

describe('the services that tienda is started with', () => {
  for (const name of serviceNames) {
    test(`${name} believes it, and whom the operator trusts, and nobody else`, () => {
      for (const given of [undefined, '', 'off', '192.0.2.7']) {
        const trusts = trustOf(
          environmentFor(name, processNames, { TRUST_PROXY: given })['TRUST_PROXY'],
        )
        expect(trusts('127.0.0.1')).toBe(true)
        expect(trusts('192.0.2.7')).toBe(given === '192.0.2.7')
        expect(trusts('192.0.2.8')).toBe(false)
      }
    })
  }

  test('it believes whom the operator trusts alone', () => {
    expect(environmentFor('tienda', processNames, {})['TRUST_PROXY']).toBeUndefined()
  })

  test('without it nobody is believed unasked', () => {
    const env = { DATA_DIR: 'x' }
    for (const name of serviceNames) expect(environmentFor(name, serviceNames, env)).toEqual(env)
  })
})
