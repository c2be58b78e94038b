import { afterAll, beforeAll, expect, setSystemTime, test } from 'bun:test'
import { serviceNames } from '@encargo/service-kit/run/config'
import { admin } from '../system/harness.ts'
import { type Services, startMs, startServices } from './fixture.ts'

let services: Services
beforeAll(async () => {
  services = await startServices()
}, startMs)
afterAll(async () => {
  setSystemTime()
  await services.stop()
}, startMs)

const ready = async () => {
  const answers = serviceNames.map(async (name) => {
    const answer = await services.send(name, '/readyz')
    const body: unknown = await answer.json()
    return { name, status: answer.status, body }
  })
  return await Promise.all(answers)
}
const signIn = async () => (await services.post('auth', '/login', admin)).status

test('every service dates nothing by a clock that has leapt ten years, says so, and goes on after', async () => {
  expect(await signIn()).toBe(200)
  setSystemTime(new Date(Date.now() + 3_650 * 24 * 60 * 60 * 1000))
  expect(await signIn()).toBe(503)
  for (const { name, status, body } of await ready()) {
    expect([name, status]).toEqual([name, 503])
    expect(body).toMatchObject({ almacenamiento: { ok: false, motivo: 'clock' } })
  }
  setSystemTime()
  expect(await signIn()).toBe(200)
  for (const { name, status } of await ready()) expect([name, status]).toEqual([name, 200])
})
