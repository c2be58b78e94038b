import { readdirSync, statSync } from 'node:fs'
import { expect, test } from 'bun:test'
import { describeOnPostgres } from '@encargo/storage/testing/postgres'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { createTestClock } from '@encargo/service-kit/testing/service'
import type { ClaveFirma, ClaveFirmaStore } from '../src/ports/claves-firma.ts'
import { createSeal } from '../src/security/key-seal.ts'
import { openKeyTable, sealSecret, sealSecretFile, tableKeys } from '../src/security/key-table.ts'
import { createClaveFirmaStore } from '../src/store/postgres/claves-firma.ts'
import { temporaryFolder } from './fixture.ts'
import { postgresOfSuite } from './postgres.ts'

const onError = () => undefined
const clave = (kid: string, firmaDesde: number) => ({ kid, firmaDesde, pkcs8: `de ${kid}` })
const [secret, another] = ['s'.repeat(32), 'o'.repeat(32)]

/** A table of keys, which can be out of reach. */
function table(): ClaveFirmaStore & { away: boolean } {
  let rows: readonly ClaveFirma[] = []
  return {
    away: false,
    async todas() {
      if (this.away) throw new Error('away')
      return rows
    },
    poner: async (nueva) => void (rows = [...rows, nueva]),
    ponerPrimera: async (nueva) => void (rows = rows.length === 0 ? [nueva] : rows),
    quitar: async (kids) => void (rows = rows.filter(({ kid }) => !kids.includes(kid))),
  }
}

test('a seal opens for its secret and for whose it is, and not when a bit of it has changed', () => {
  const seal = createSeal(secret)
  const sealed = seal.close('clave ñ', 'uno')
  expect(seal.open(sealed, 'uno')).toBe('clave ñ')
  expect(seal.close('clave ñ', 'uno')).not.toBe(sealed)
  expect(() => seal.open(sealed, 'otro')).toThrow()
  expect(() => createSeal(another).open(sealed, 'uno')).toThrow()
  const bytes = Buffer.from(sealed, 'base64url')
  for (const at of bytes.keys()) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => seal.open(changed.toString('base64url'), 'uno')).toThrow()
  }
  for (const short of ['', 'AAAA']) expect(() => seal.open(short, 'uno')).toThrow()
})

test('keys that others sealed are refused in a sentence that quotes nothing, until new ones are made', async () => {
  const [store, clock] = [table(), createTestClock()]
  await openKeyTable({ store, secret, clock, onError })
  const [row] = await store.todas()
  const open = (given: string) => openKeyTable({ store, secret: given, clock, onError })
  const failure = await open(another).catch((error: unknown) => error)
  expect(String(failure)).toStartWith(
    'StartError: the signing keys in the database are sealed with another secret: set AUTH_KEY_SECRET',
  )
  expect(Bun.inspect(failure)).not.toContain(String(row?.pkcs8))
  const keys = tableKeys(store, async () => another)
  expect(keys.read()).rejects.toThrow('another secret')
  const fresh = await keys.add(clock.ms())
  await keys.remove(row ? [row.kid] : [])
  expect((await (await open(another)).signing()).kid).toBe(fresh.key.kid)
})

test('while the table is out of reach the known keys stay in use, and it is said once', async () => {
  const [store, clock] = [table(), createTestClock()]
  const told: unknown[] = []
  const ring = await openKeyTable({ store, secret, clock, onError: (error) => told.push(error) })
  const { kid } = await ring.signing()
  store.away = true
  for (let at = 0; at < 3; at++) {
    clock.advance(10_000)
    expect((await ring.signing()).kid).toBe(kid)
    expect(await ring.publicKeys()).toHaveLength(1)
  }
  expect(told).toHaveLength(1)
  store.away = false
  await tableKeys(store, async () => secret).add(clock.ms())
  expect(await ring.publicKeys()).toHaveLength(1)
  clock.advance(10_000)
  expect(await ring.publicKeys()).toHaveLength(2)
})

test('a machine that is told no secret makes one, for its owner alone, and keeps it', async () => {
  const dataDir = temporaryFolder()
  const made = await Promise.all([sealSecret(undefined, dataDir), sealSecret(undefined, dataDir)])
  expect(new Set([...made, await sealSecret(undefined, dataDir)]).size).toBe(1)
  expect(made[0]?.length).toBe(43)
  expect(statSync(sealSecretFile(dataDir)).mode & 0o777).toBe(0o600)
  expect(await sealSecret(secret, dataDir)).toBe(secret)
  expect(readdirSync(dataDir)).toHaveLength(1)
})

describeOnPostgres('the keys in PostgreSQL', () => {
  const database = postgresOfSuite()

  test('are as they were put, the first one once, and of them nobody reads what they sign with', async () => {
    const storage = await database.open()
    cleanUp(() => storage.close())
    const store = createClaveFirmaStore(storage)
    await Promise.all(['a', 'b', 'c'].map((kid) => store.ponerPrimera(clave(kid, 5))))
    expect(await store.todas()).toEqual([clave('a', 5)])
    await store.poner(clave('d', 3))
    expect(await store.todas()).toEqual([clave('d', 3), clave('a', 5)])
    await store.quitar(['a', 'x'])
    expect(await store.todas()).toEqual([clave('d', 3)])
    await tableKeys(store, async () => secret).add(9)
    const [, sealed] = await store.todas()
    expect(Buffer.from(sealed?.pkcs8 ?? '', 'base64url').toString('latin1')).not.toContain(
      'PRIVATE',
    )
  })
})
