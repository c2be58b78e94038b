import { expect, test } from 'bun:test'
import { Background } from '../src/async/background.ts'
import { silentLogger } from '../src/run/logger.ts'

test('background work beyond its bound is dropped, not queued without end', async () => {
  const background = new Background(silentLogger, 2)
  const { promise, resolve } = Promise.withResolvers<void>()
  let started = 0
  for (let count = 0; count < 5; count++) {
    background.run('waiting', () => {
      started += 1
      return promise
    })
  }
  resolve()
  await background.idle()
  expect(started).toBe(2)
})
