import { afterEach, describe, expect, test } from 'bun:test'
import { rememberServer, remoteAddressOf } from '../src/http/edge/remote-address.ts'
import { type Running, serve } from '../src/http/serve.ts'
import { silentLogger } from '../src/run/logger.ts'
import { trustedProxies } from '../src/values/trusted-proxies.ts'
import { behindProxy, cameByTrustedProxy } from '../src/http/edge/remote-address.ts'

let running: Running | undefined

afterEach(async () => {
  await running?.stop()
  running = undefined
})

test('knows the address that a request came from over a connection', async () => {
  const app = { fetch: (request: Request) => new Response(remoteAddressOf(request)) }
  running = serve(app, {
    name: 'auth',
    hostname: '127.0.0.1',
    port: 0,
    logger: silentLogger,
    close: () => Promise.resolve(),
  })
  const headers = { 'x-forwarded-for': '203.0.113.7' }
  expect(await (await fetch(running.url, { headers })).text()).toBe('127.0.0.1')
})

test('knows no address of a request that came by no connection', () => {
  expect(remoteAddressOf(new Request('http://localhost/'))).toBeNull()
})

describe('behind a trusted proxy, the address', () => {
  const server = { requestIP: () => ({ address: '10.0.0.1' }) }
  const seenFrom = (forwarded?: string) => {
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
    const request = new Request('http://localhost/', { headers })
    rememberServer(request, behindProxy(server, trustedProxies('10.0.0.0/8')))
    return remoteAddressOf(request)
  }

  const cases = [
    ['192.0.2.1', '192.0.2.1'],
    ['203.0.113.9, 198.51.100.2,192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8::1'],
    ['192.0.2.1, unknown', '10.0.0.1'],
    ["192.0.2.1' OR 1=1", '10.0.0.1'],
    ['', '10.0.0.1'],
    [undefined, '10.0.0.1'],
  ] as const
  for (const [forwarded, address] of cases) {
    test(`is the last that the proxy wrote, never the caller's word: ${forwarded}`, () => {
      expect(seenFrom(forwarded)).toBe(address)
    })
  }

  test('is that of the connection when somebody else than the proxy made it', () => {
    const headers = { 'x-forwarded-for': '192.0.2.1' }
    const request = new Request('http://localhost/', { headers })
    rememberServer(request, behindProxy(server, trustedProxies('loopback,10.0.0.2')))
    expect([remoteAddressOf(request), cameByTrustedProxy(request)]).toEqual(['10.0.0.1', false])
    rememberServer(request, behindProxy(server, trustedProxies('loopback,10.0.0.1')))
    expect([remoteAddressOf(request), cameByTrustedProxy(request)]).toEqual(['192.0.2.1', true])
    rememberServer(request, server)
    expect(cameByTrustedProxy(request)).toBe(false)
  })

  test('is believed of a proxy whose IPv4 connection an IPv6 socket took', () => {
    const mapped = { requestIP: () => ({ address: '::ffff:127.0.0.1' }) }
    const headers = { 'x-forwarded-for': '192.0.2.1' }
    const request = new Request('http://localhost/', { headers })
    rememberServer(request, behindProxy(mapped, trustedProxies('loopback')))
    expect(remoteAddressOf(request)).toBe('192.0.2.1')
  })

  test('is taken by a server that is told to trust it', async () => {
    const app = { fetch: (request: Request) => new Response(remoteAddressOf(request)) }
    running = serve(app, {
      name: 'auth',
      hostname: '127.0.0.1',
      port: 0,
      trustProxy: trustedProxies('loopback'),
      logger: silentLogger,
      close: () => Promise.resolve(),
    })
    const headers = { 'x-forwarded-for': '203.0.113.9, 192.0.2.1' }
    expect(await (await fetch(running.url, { headers })).text()).toBe('192.0.2.1')
  })
})
