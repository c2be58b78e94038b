import { expect, test } from 'bun:test'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { change } from '@encargo/storage/testing'
import { describeOnPostgres } from '@encargo/storage/testing/postgres'
import { claveDeEmail } from '../src/domain/identidades.ts'
import { renovarClaves } from '../src/store/claves.ts'
import { ponerPalabras } from '../src/store/palabras.ts'
import { openAuthStorage } from '../src/store/sqlite/open.ts'
import { createAuthStore } from '../src/store/store.ts'
import { accesoContract } from './contract/acceso.ts'
import { now, nuevoUsuario } from './contract/fixture.ts'
import { libretaContract } from './contract/libreta.ts'
import { tiendaContract } from './contract/tienda.ts'
import { usuariosContract } from './contract/usuarios.ts'
import { postgresOfSuite } from './postgres.ts'

/** What texts are made of: what folds to nothing, to more, or that only some tables of Unicode know. */
const pieces = [
  ...'aeñÑçßıİſåÅæœøÆΆάσςΣЙйёאשع가힣漢字ﬁﬀ½Ⅷⅷ²①㌖𞤀𞤢𐒰𝔄🐎👩‍🦰',
  'Ana',
  'Núñez',
  'o\u0301',
  '\u0301',
  "O'Hara",
  'x-y',
  'USB-C',
  '3.5mm',
  '12',
  '٣',
  ...' \'"*:&|!()\\_@.,-\u00a0\u2028\u00ad\u200d\ue000\ufffd',
  'e\u0308\u0301',
  'AND',
  'or',
]

describeOnPostgres('auth on PostgreSQL', () => {
  const database = postgresOfSuite()
  const open = async () => {
    const storage = await database.open()
    return { store: createAuthStore(storage), close: () => storage.close() }
  }

  usuariosContract('PostgreSQL', open)
  accesoContract('PostgreSQL', open)
  libretaContract('PostgreSQL', open)
  tiendaContract('PostgreSQL', open)

  test('finds whom SQLite finds, whatever names and searches are made of', async () => {
    const seed = fuzzSeed(process.env['FUZZ_SEED'])
    console.log(`auth search fuzz: FUZZ_SEED=${seed}`)
    const random = createRandom(seed)
    const below = (n: number) => Math.floor(random() * n)
    const text = (most: number) =>
      Array.from({ length: 1 + below(most) }, () => pieces[below(pieces.length)]).join('')
    const storages = [openAuthStorage(':memory:'), await database.open()]
    for (const storage of storages) cleanUp(() => storage.close())
    const stores = storages.map((storage) => createAuthStore(storage).usuarios)
    const people = Array.from({ length: 200 }, () =>
      nuevoUsuario({ nombre: `${text(9)} ${text(9)}` }),
    )
    people.push(
      nuevoUsuario({ nombre: '㌖'.repeat(120) }),
      nuevoUsuario({ nombre: '𝔄'.repeat(999) }),
    )
    for (const { crear } of stores) {
      await Promise.all(people.map((nuevo) => crear({ nuevo, now })))
    }
    const queries = Array.from({ length: 800 }, () => {
      const nombre = people[below(people.length)]?.nombre ?? ''
      const from = below(nombre.length)
      return below(2) ? text(3) : nombre.slice(from, from + 1 + below(5))
    })
    queries.push('㌖'.repeat(120), '𝔄'.repeat(200), '', 'persona')
    const [sqlite, postgres] = await Promise.all(
      stores.map(({ listar }) =>
        Promise.all(
          queries.map(async (q) => [q, (await listar({ q, limite: 300 })).map(({ id }) => id)]),
        ),
      ),
    )
    expect(postgres).toEqual(sqlite)
    const hits = (sqlite ?? []).filter(([, ids]) => ids && ids.length > 0 && ids.length < 200)
    expect(hits.length).toBeGreaterThan(200)
  })

  test('gives those of an older version their words, and the key that addresses are compared by', async () => {
    const storage = await database.open()
    cleanUp(() => storage.close())
    const { usuarios } = createAuthStore(storage)
    const [tres, cuatro, cinco] = ['Weiß@x.com', 'STRASSE@x.com', 'Ñandú@x.com'].map((email) =>
      nuevoUsuario({ email, nombre: 'Ána Ñuñez' }),
    )
    for (const nuevo of [tres, cuatro, cinco]) if (nuevo) await usuarios.crear({ nuevo, now })
    await change(
      storage,
      `UPDATE usuarios SET palabras = NULL;
       UPDATE usuarios SET email_clave = 'weiß@x.com' WHERE email = 'Weiß@x.com';
       UPDATE usuarios SET email = 'Straße@x.com', email_clave = 'straße@x.com' WHERE email = 'Ñandú@x.com'`,
    )
    await ponerPalabras(storage)
    expect(await renovarClaves(storage)).toEqual([String(cinco?.id)])
    const found = await usuarios.listar({ q: 'nunez x.c', limite: 9 })
    expect(found.map(({ id }) => id)).toEqual([cinco, cuatro, tres].map((one) => String(one?.id)))
    const signsIn = await usuarios.credencialPorEmail(claveDeEmail('WEISS@x.com'))
    expect(signsIn?.id).toBe(String(tres?.id))
  })

  test.each([
    "UPDATE auditoria SET actor_id = 'otro'",
    'DELETE FROM auditoria',
    'TRUNCATE auditoria',
  ])('keeps its log from %s', async (text) => {
    const storage = await database.open()
    cleanUp(() => storage.close())
    await change(storage, "INSERT INTO auditoria (numero, en, accion) VALUES (1, 0, 'nada')")
    expect(change(storage, text)).rejects.toThrow('append-only')
  })
})
