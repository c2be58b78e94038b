import { expect, test } from 'bun:test'
import { ServiceToken } from '../src/service-token.ts'

function prepare() {
  let ms = 0
  let issued = 0
  let away = false
  const issue = async () => {
    if (away) throw new Error('auth is away')
    issued++
    return { access_token: `token-${issued}`, expires_in: 600 }
  }
  const token = new ServiceToken(issue, () => ms)
  return {
    token,
    issued: () => issued,
    at: (seconds: number) => void (ms = seconds * 1000),
    auth: (there: boolean) => void (away = !there),
  }
}

test('is fetched once for all who wait, and kept for half of its life', async () => {
  const { token, issued, at } = prepare()
  expect(await Promise.all([token.get(), token.get()])).toEqual(['token-1', 'token-1'])
  at(299)
  expect([await token.get(), issued()]).toEqual(['token-1', 1])
})

test('is renewed beside the calls that use it', async () => {
  const { token, at } = prepare()
  await token.get()
  at(300)
  expect(await token.get()).toBe('token-1')
  await Bun.sleep(0)
  expect(await token.get()).toBe('token-2')
})

test('is used until shortly before its end when auth is away, and not beyond', async () => {
  const { token, at, auth } = prepare()
  await token.get()
  auth(false)
  at(569)
  expect(await token.get()).toBe('token-1')
  at(570)
  expect(token.get()).rejects.toThrow('auth is away')
  await token.get().catch(() => undefined)
  auth(true)
  expect(await token.get()).toBe('token-2')
})

test('is fetched anew once it was refused, unless there is a newer one', async () => {
  const { token } = prepare()
  const refused = await token.get()
  token.forget(refused)
  expect(await token.get()).toBe('token-2')
  token.forget(refused)
  expect(await token.get()).toBe('token-2')
})
