import { afterAll, beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import { fillShop, temporaryFolder } from '../../scripts/audit/test-shop.ts'
import { spoil } from '../../scripts/audit/test-spoil.ts'
import { audited } from './audited.ts'

const { folder, remove } = temporaryFolder('bench-audit')
const dataDir = join(folder, 'shop')
beforeAll(async () => void (await fillShop(dataDir)))
afterAll(remove)

const said: string[] = []
const place = { folder: dataDir, servers: undefined }
const session = { say: (line: string) => void said.push(line) }

test('what was measured passes when everything in its databases holds, and fails when not', async () => {
  const good = await audited(session, place)
  expect(good.line).toStartWith('Audit: Clean: everything that must hold does (')
  expect(good.wrong).toEqual([])
  expect(said).toEqual([`auditing ${dataDir}`])
  spoil(dataDir, 'inventario', 'UPDATE existencias SET fisico = fisico + 1')
  const bad = await audited(session, place)
  expect(bad.line).toMatch(/^Audit: \d+ discrepancies \(/)
  expect(bad.wrong.length).toBeGreaterThan(0)
  for (const sentence of bad.wrong) expect(sentence).toStartWith('the audit: product ')
})
