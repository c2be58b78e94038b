import { afterAll, expect, test } from 'bun:test'
import { openBunPool } from '../../src/postgres/bun.ts'
import { describeOnPostgres } from '../../testing/postgres.ts'
import { driverConformance } from './driver.ts'
import { openPgPool } from './pg-pool.ts'

const unhandled: unknown[] = []
const onUnhandled = (error: unknown) => void unhandled.push(error)
process.on('unhandledRejection', onUnhandled)
afterAll(() => void process.off('unhandledRejection', onUnhandled))

describeOnPostgres('on a server:', () => {
  driverConformance('Bun.SQL', openBunPool)
  driverConformance('node-postgres', openPgPool)

  test('no failure was left without somebody to hear of it', () => {
    expect(unhandled).toEqual([])
  })
})
