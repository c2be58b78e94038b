import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { metricFaults } from '@encargo/service-kit/testing/metrics'
import { startSystem, type System, testForms } from './harness.ts'
import {
  walkAllOrNothing,
  walkClosedAccount,
  walkTheCounter,
  walkTheLastTen,
  walkThePurchase,
} from './walk.ts'

describe.each(testForms)('the four services, %s', (form) => {
  let system: System
  beforeAll(async () => {
    system = await startSystem({}, form)
  })
  afterAll(() => system.stop())

  test('take a purchase from registration to its end, refusing what the contract refuses', () =>
    walkThePurchase(system.clients))
  test('take all lines of an order or none', () => walkAllOrNothing(system.clients))
  test('sell nothing to a closed account', () => walkClosedAccount(system.clients))
  test('sell the last ten units exactly ten times', () => walkTheLastTen(system.clients))
  test('complete a sale at the counter in one call', () => walkTheCounter(system.clients))

  test('answer their operations pages', async () => {
    for (const origin of Object.values(system.origins)) {
      for (const path of ['/livez', '/readyz', '/metrics', '/openapi', '/openapi/json']) {
        const answer = await fetch(`${origin}${path}`)
        expect([origin, path, answer.status]).toEqual([origin, path, 200])
        const text = await answer.text()
        if (path === '/metrics') expect([origin, ...metricFaults(text)]).toEqual([origin])
      }
    }
  })

  test('log no error and no warning while all of that happens', () => {
    expect(system.log).toEqual([])
  })
})
