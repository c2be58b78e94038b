import { describe, expect, test } from 'bun:test'
import { commonSettings, parseConfig } from '../src/run/config.ts'
import { Type } from '@sinclair/typebox'
import { trustedProxies } from '../src/values/trusted-proxies.ts'

describe('TRUST_PROXY', () => {
  const cases: [string, string, boolean][] = [
    ['off', '127.0.0.1', false],
    ['on', '203.0.113.9', true],
    ['on', '2001:db8::1', true],
    ['loopback', '127.0.0.1', true],
    ['loopback', '127.9.9.9', true],
    ['loopback', '::1', true],
    ['loopback', '10.0.0.1', false],
    ['loopback', '2001:db8::1', false],
    ['private', '10.255.0.1', true],
    ['private', '172.16.0.1', true],
    ['private', '172.32.0.1', false],
    ['private', '192.168.1.1', true],
    ['private', 'fd12::1', true],
    ['private', '127.0.0.1', false],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['192.0.2.0/25', '192.0.2.127', true],
    ['192.0.2.0/25', '192.0.2.128', false],
    ['2001:db8::/32', '2001:db8:1::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['loopback, 192.0.2.7', '192.0.2.7', true],
    ['loopback,off', '127.0.0.1', true],
    ['loopback,off', '192.0.2.7', false],
    ['private,on', '203.0.113.9', true],
  ]
  for (const [text, address, trusted] of cases) {
    test(`${text} ${trusted ? 'trusts' : 'does not trust'} ${address}`, () => {
      expect(trustedProxies(text)(address)).toBe(trusted)
    })
  }

  test('that nobody understands stops the start with one sentence', () => {
    const schema = Type.Object({ TRUST_PROXY: commonSettings.TRUST_PROXY })
    for (const wrong of [
      'yes',
      '10.0.0.0/33',
      '999.1.1.1',
      '1.2.3',
      'loopback,',
      'On',
      '::1/129',
    ]) {
      expect(() => parseConfig(schema, { TRUST_PROXY: wrong })).toThrow(
        'TRUST_PROXY must be off, on',
      )
    }
    expect(parseConfig(schema, {}).TRUST_PROXY).toBe('off')
    expect(parseConfig(schema, { TRUST_PROXY: 'private, ::1' }).TRUST_PROXY).toBe('private, ::1')
  })
})
