import { afterEach, expect, test } from 'bun:test'
import { remoteAddressOf, type Running, serve, silentLogger } from '../src/index.ts'

let running: Running | undefined

afterEach(async () => {
  await running?.stop()
  running = undefined
})

test('knows the address that a request came from over a connection', async () => {
  const app = { fetch: (request: Request) => new Response(remoteAddressOf(request)) }
  const close = () => Promise.resolve()
  running = serve(app, {
    name: 'auth',
    hostname: '127.0.0.1',
    port: 0,
    logger: silentLogger,
    close,
  })
  const headers = { 'x-forwarded-for': '203.0.113.7' }
  expect(await (await fetch(running.url, { headers })).text()).toBe('127.0.0.1')
})

test('knows no address of a request that came by no connection', () => {
  expect(remoteAddressOf(new Request('http://localhost/'))).toBeNull()
})
