import { afterEach, expect, test } from 'bun:test'
import { createLink, type Link } from './link.ts'
import { quietPorts } from './ports.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

async function linked(): Promise<{ link: Link; served: () => number }> {
  const [near = 0, far = 0] = quietPorts(2)
  let requests = 0
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: far,
    fetch: () => new Response(`answer ${++requests}`),
  })
  const link = await createLink(near, far)
  cleanups.push(
    () => void server.stop(true),
    () => link.close(),
  )
  return { link, served: () => requests }
}

const say = async (link: Link, patienceMs = 5_000) => {
  const signal = AbortSignal.timeout(patienceMs)
  const answer = await fetch(link.origin, { signal }).catch((error: unknown) => error)
  return answer instanceof Response ? await answer.text() : answer
}

test('an open way carries requests and answers, many on one connection', async () => {
  const { link } = await linked()
  expect(await say(link)).toBe('answer 1')
  expect(await say(link)).toBe('answer 2')
})

test('a way that refuses has nobody listening, and opens again at the same place', async () => {
  const { link, served } = await linked()
  await say(link)
  await link.set({ kind: 'refuse' })
  expect(await say(link)).toMatchObject({ code: 'ECONNREFUSED' })
  expect(served()).toBe(1)
  await link.set({ kind: 'open' })
  expect(await say(link)).toBe('answer 2')
})

test('a way that drops answers nobody and brings nothing', async () => {
  const { link, served } = await linked()
  await link.set({ kind: 'drop' })
  expect(await say(link, 100)).toMatchObject({ name: 'TimeoutError' })
  expect(served()).toBe(0)
  await link.set({ kind: 'open' })
  expect(await say(link)).toBe('answer 1')
})

test('a mute way brings the request and loses the answer', async () => {
  const { link, served } = await linked()
  await link.set({ kind: 'mute' })
  expect(await say(link)).toMatchObject({ code: 'ECONNRESET' })
  expect(served()).toBeGreaterThan(0)
  await link.set({ kind: 'open' })
  expect(await say(link)).toBe(`answer ${served()}`)
})

test('a slow way brings all of it, later', async () => {
  const { link } = await linked()
  await link.set({ kind: 'delay', ms: 60 })
  const began = performance.now()
  expect(await say(link)).toBe('answer 1')
  expect(performance.now() - began).toBeGreaterThanOrEqual(100)
})

test('a way that leads elsewhere from now on cuts what was under way', async () => {
  const [{ link }, other] = [await linked(), await linked()]
  await say(link)
  await say(other.link)
  link.leadTo({ host: '127.0.0.1', port: Number(new URL(other.link.origin).port) })
  // The connection that was there leads nowhere.
  await say(link)
  expect(await say(link)).toMatch(/^answer [23]$/)
  expect(other.served()).toBeGreaterThan(1)
})
