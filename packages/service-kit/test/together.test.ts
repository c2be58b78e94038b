import { describe, expect, test } from 'bun:test'
import { serviceNames } from '../src/run/config.ts'
import { environmentFor, graceMsOf, type ProcessName, processNames } from '../src/run/together.ts'
import { trustedProxies } from '../src/values/trusted-proxies.ts'

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

  test('they believe it on the one address that all of them listen on as well', () => {
    const seen = [
      ['192.0.2.7', '192.0.2.7', true],
      ['192.0.2.7', '192.0.2.8', false],
      ['0.0.0.0', '192.0.2.7', false],
      ['localhost', '127.0.0.1', true],
    ] as const
    for (const [HOST, from, believed] of seen) {
      const { TRUST_PROXY } = environmentFor('pedidos', processNames, { HOST })
      expect([HOST, trustOf(TRUST_PROXY)(from)]).toEqual([HOST, believed])
    }
  })

  test('it believes whom the operator trusts alone', () => {
    expect(environmentFor('tienda', processNames, {})['TRUST_PROXY']).toBeUndefined()
  })

  test('without it nobody is believed unasked', () => {
    const env = { DATA_DIR: 'x' }
    for (const name of serviceNames) {
      expect(environmentFor(name, serviceNames, env)['TRUST_PROXY']).toBeUndefined()
    }
  })
})

describe('what a balancer is given before a service stops', () => {
  const env = { STOP_DELAY_SECONDS: '30' }
  test('is waited for where the service is alone', () => {
    expect(environmentFor('pedidos', ['pedidos'], env)).toEqual(env)
    expect(graceMsOf(['pedidos'], env)).toBe(39_500)
    expect(graceMsOf(['pedidos'], {})).toBe(9_500)
  })

  test('does not add up where several end one after the other', () => {
    const delays = (together: readonly ProcessName[]) =>
      together.map((name) => environmentFor(name, together, env)['STOP_DELAY_SECONDS'])
    expect(delays(processNames)).toEqual(['0', '0', '0', '0', '0', '30'])
    expect(graceMsOf(processNames, env)).toBe(39_500)
    expect(delays(serviceNames)).toEqual(['0', '0', '0', '0', '0'])
    expect(graceMsOf(serviceNames, env)).toBe(9_500)
  })
})
