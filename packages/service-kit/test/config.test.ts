import { describe, expect, test } from 'bun:test'
import { type TObject, Type } from '@sinclair/typebox'
import {
  commonSettings,
  ConfigError,
  defaultPorts,
  type Environment,
  moneda,
  origin,
  parseConfig,
  port,
  positiveInteger,
  withPeerOrigins,
} from '../src/run/config.ts'

const Settings = Type.Object({
  ...commonSettings,
  PUERTO: port(8000),
  PAR_URL: origin('http://127.0.0.1:8001'),
  TTL: positiveInteger(86_400, 'seconds'),
  MONEDA: moneda,
  NUMERO: Type.Optional(Type.Integer({ description: 'a whole number' })),
  CLAVE: Type.Optional(
    Type.String({
      minLength: 12,
      secret: true,
      description: 'a password of 12 characters or more',
    }),
  ),
})
const Obligatory = Type.Object({ NOMBRE: Type.String({ description: 'a name' }) })

/** The one sentence that a person reads. */
function refusal(env: Environment, schema: TObject = Settings): string {
  try {
    parseConfig(schema, env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('the configuration was taken')
}

describe('a variable that does not fit', () => {
  const wrong = [
    [{ TTL: '1h' }, 'TTL must be a positive integer (seconds) up to 1000000000, got "1h"'],
    [{ TTL: '1e3' }, 'got "1e3"'],
    [{ TTL: ' 5' }, 'got " 5"'],
    [{ TTL: '5 ' }, 'got "5 "'],
    [{ TTL: ' ' }, 'got " "'],
    [{ TTL: '0' }, 'got "0"'],
    [{ TTL: '-5' }, 'got "-5"'],
    [{ TTL: '1.0' }, 'got "1.0"'],
    [{ TTL: '0x10' }, 'got "0x10"'],
    [{ TTL: '1000000001' }, 'got "1000000001"'],
    [{ TTL: '9'.repeat(400) }, 'TTL must be'],
    [{ TTL: 'Infinity' }, 'got "Infinity"'],
    [{ PUERTO: '65536' }, 'PUERTO must be a port number from 0 to 65535'],
    [{ PUERTO: 'http' }, 'got "http"'],
    [{ PAR_URL: 'localhost:8001' }, 'PAR_URL must be an origin'],
    [{ PAR_URL: 'http://localhost:8001/' }, 'got "http://localhost:8001/"'],
    [{ PAR_URL: 'ftp://localhost' }, 'got "ftp://localhost"'],
    [{ MONEDA: 'usd' }, 'MONEDA must be the ISO 4217 code of a currency'],
    [{ MONEDA: 'USF' }, 'got "USF"'],
    // Gold has a code, and no minor unit that a price could be in.
    [{ MONEDA: 'XAU' }, 'got "XAU"'],
    [{ LOG_LEVEL: 'verbose' }, 'LOG_LEVEL must be one of debug, info, warn, error, got "verbose"'],
    [{ CORS_ORIGINS: 'https://a.example,*' }, 'CORS_ORIGINS must be a comma-separated list'],
    [{ CORS_ORIGINS: 'shop.example' }, 'got "shop.example"'],
    [{ NUMERO: 'siete' }, 'NUMERO must be a whole number, got "siete"'],
  ] as const
  for (const [env, sentence] of wrong) {
    test(`is named with what arrived: ${JSON.stringify(env).slice(0, 60)}`, () => {
      const [name] = Object.keys(env)
      expect(refusal(env)).toStartWith(`${name} must be `)
      expect(refusal(env)).toContain(sentence)
      expect(refusal(env)).not.toContain('\n')
    })
  }

  test('is not shown when it is a secret', () => {
    const sentence = refusal({ CLAVE: 'corta' })
    expect(sentence).toStartWith('CLAVE must be a password of 12 characters or more')
    expect(sentence).not.toContain('corta')
  })

  test('is said to be missing when nothing or emptiness arrived', () => {
    for (const env of [{}, { NOMBRE: '' }, { NOMBRE: undefined }]) {
      expect(refusal(env, Obligatory)).toBe('NOMBRE must be a name, and it is not set')
    }
  })
})

describe('a variable that is absent or empty', () => {
  test('takes its default', () => {
    const parsed = parseConfig(Settings, { TTL: '', PUERTO: '' })
    expect(parsed).toMatchObject({
      HOST: '127.0.0.1',
      DATA_DIR: '.data',
      LOG_LEVEL: 'info',
      PUERTO: 8000,
      TTL: 86_400,
      MONEDA: 'USD',
      CORS_ORIGINS: ['http://127.0.0.1:3000', 'http://localhost:3000'],
    })
  })

  test('stays out when it is optional', () => {
    expect(parseConfig(Settings, {})).not.toHaveProperty('CLAVE')
  })

  test('gives each reader a list of its own', () => {
    const [first, second] = [parseConfig(Settings, {}), parseConfig(Settings, {})]
    first.CORS_ORIGINS.push('http://changed.example')
    expect(second.CORS_ORIGINS).not.toContain('http://changed.example')
  })
})

test('variables of others are left alone', () => {
  expect(parseConfig(Settings, { HOME: 'somewhere', PATH: '' })).not.toHaveProperty('HOME')
})

test('a list is split at commas, without blanks', () => {
  const { CORS_ORIGINS } = parseConfig(Settings, {
    CORS_ORIGINS: 'http://a.example , https://b:8,',
  })
  expect(CORS_ORIGINS).toEqual(['http://a.example', 'https://b:8'])
})

const origins = (env: Environment) => withPeerOrigins(env)['CORS_ORIGINS']

test("a browser's pages come from where tienda is, unless it is said otherwise", () => {
  expect(origins({})).toBe('http://127.0.0.1:3000,http://localhost:3000')
  expect(origins({ TIENDA_PORT: '4304' })).toBe('http://127.0.0.1:4304,http://localhost:4304')
  expect(origins({ HOST: '192.168.1.5' })).toBe('http://192.168.1.5:3000')
  expect(origins({ CORS_ORIGINS: 'https://tienda.example' })).toBe('https://tienda.example')
})

describe("a peer's origin", () => {
  test('follows from its port, which follows from the table', () => {
    const env = withPeerOrigins({ PRODUCTOS_PORT: '9001', INVENTARIO_PORT: '' })
    expect(env['PRODUCTOS_URL']).toBe('http://127.0.0.1:9001')
    expect(env['INVENTARIO_URL']).toBe(`http://127.0.0.1:${defaultPorts.inventario}`)
  })

  test('is on the address that all of them listen on', () => {
    const hosts = ['192.168.1.5', '0.0.0.0', '::', '::1']
    expect(hosts.map((HOST) => withPeerOrigins({ HOST })['AUTH_URL'])).toEqual([
      'http://192.168.1.5:8000',
      'http://127.0.0.1:8000',
      'http://127.0.0.1:8000',
      'http://[::1]:8000',
    ])
  })

  test('is what was said when it was said', () => {
    const env = withPeerOrigins({ AUTH_URL: 'https://auth.example', AUTH_PORT: '1' })
    expect(env['AUTH_URL']).toBe('https://auth.example')
  })

  test('leaves the given environment as it was', () => {
    const env = { AUTH_PORT: '1' }
    withPeerOrigins(env)
    expect(env).toEqual({ AUTH_PORT: '1' })
  })
})
