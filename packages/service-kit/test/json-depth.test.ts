import { expect, test } from 'bun:test'
import { isTooDeep, maxJsonDepth } from '../src/http/edge/json-depth.ts'
import { createProbe } from './fixture.ts'

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

test('depth is told of objects and lists alike, and brackets in texts are none', () => {
  expect(isTooDeep(nested(3), 3)).toBe(false)
  expect(isTooDeep(nested(4), 3)).toBe(true)
  expect(isTooDeep('{"a":[{"b":1}]}', 2)).toBe(true)
  expect(isTooDeep('[[],[],[],[]]', 2)).toBe(false)
  expect(isTooDeep(JSON.stringify({ a: '[[[[{{{{', 'b"[[[[': '\\"[[[[\\' }), 1)).toBe(false)
  expect(isTooDeep('"\\\\"[[[[', 3)).toBe(true)
  expect(isTooDeep(']]]]]]][[', 3)).toBe(false)
})

test('a body of brackets is refused at once, whatever the route wants of it', async () => {
  const { call, as } = await createProbe()
  const headers = { ...(await as({ rol: 'admin' })), 'content-type': 'application/json' }
  for (const path of ['/cosas', '/sesion', '/eco']) {
    const bodies = [nested(20_000), `{"a":${nested(200_000)}}`, '[{"a":'.repeat(100_000)]
    for (const body of bodies) {
      const started = performance.now()
      const answer = await call('POST', path, { headers, body })
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ codigo: 'json-invalido' })
      // Printed with indentation, as the framework's error does, it took many seconds.
      expect(performance.now() - started).toBeLessThan(1000)
    }
  }
})

test('a body as deep as is allowed is read', async () => {
  const { call } = await createProbe()
  const headers = { 'content-type': 'application/json' }
  const body = nested(maxJsonDepth)
  expect((await call('POST', '/eco', { headers, body })).status).toBe(200)
})
