import { describe, expect, test } from 'bun:test'
import { StorageOpenError, StorageUnavailableError } from '@encargo/storage'
import { onceThere } from '../src/run/database-wait.ts'
import { placeOf, placesOf, type Server } from '../src/run/place.ts'

const shop = 'postgres://encargo:clave@db.example:5432/tienda'
const other = 'postgresql://encargo:clave@otra.example/pedidos?sslmode=require'

describe('a service keeps what it knows', () => {
  test('in a file of the data folder, unless a database is named', () => {
    const DATA_DIR = '/srv/encargo'
    expect(placeOf('pedidos', { DATA_DIR })).toEqual({
      engine: 'sqlite',
      file: '/srv/encargo/pedidos.db',
    })
    expect(placeOf('auth', { DATA_DIR, DATABASE_URL: shop })).toEqual({
      engine: 'postgres',
      url: shop,
      variable: 'DATABASE_URL',
    })
  })

  test('in the database of its own, where it has one', () => {
    const { auth, pedidos } = placesOf({ DATABASE_URL: shop, PEDIDOS_DATABASE_URL: other })
    expect(auth).toMatchObject({ url: shop, variable: 'DATABASE_URL' })
    expect(pedidos).toMatchObject({ url: other, variable: 'PEDIDOS_DATABASE_URL' })
  })

  test('where an empty variable is as good as none', () => {
    const { auth, productos } = placesOf({
      DATABASE_URL: '',
      AUTH_DATABASE_URL: '',
      DATA_DIR: '/d',
    })
    expect([auth, productos]).toEqual([
      { engine: 'sqlite', file: '/d/auth.db' },
      { engine: 'sqlite', file: '/d/productos.db' },
    ])
  })

  test.each([
    'mysql://db.example/tienda',
    'postgres://db.example',
    'postgres://db.example/',
    'postgres://a b/c',
    'db.example/tienda',
    'postgres:///tienda',
    'postgres://ana:c@la/ve@db.example/tienda',
    'postgres://ana:12/ve@db.example',
    'postgres://ana:50%off@db.example/tienda',
  ])('nowhere, and says which variable is wrong but not its password, for %p', (url) => {
    for (const variable of ['DATABASE_URL', 'INVENTARIO_DATABASE_URL']) {
      expect(() => placesOf({ [variable]: url })).toThrow(
        `${variable} must be the URL of a PostgreSQL database such as postgres://user:password@db.example:5432/tienda, where a password has %40 for @, %2F for / and so on, got something else (not shown: it is a secret)`,
      )
    }
  })
})

describe('a database that does not answer', () => {
  const server: Server = { engine: 'postgres', url: shop, variable: 'AUTH_DATABASE_URL' }
  const away = new StorageOpenError('there', new StorageUnavailableError('unreachable'))

  /** Opens it, where each try takes a second of a clock of its own, and it answers after `tries`. */
  function opening(tries: number, seconds: number, error = away) {
    let now = 0
    const said: string[] = []
    let tried = 0
    const ask = (url: string) => {
      now += 1_000
      return ++tried < tries ? Promise.reject(error) : Promise.resolve(url)
    }
    const sleep = (ms: number) => Promise.resolve((now += ms))
    const say = ({ message }: Error) => said.push(message)
    const opened = onceThere(server, ask, { seconds, say, now: () => now, sleep })
    return { opened, said, tried: () => tried }
  }

  test('is waited for, which is said once', async () => {
    const { opened, said } = opening(5, 30)
    expect(await opened).toBe(shop)
    expect(said).toEqual([away.message])
  })

  test('is not waited for longer than is said, and is refused by its variable', async () => {
    const { opened, said, tried } = opening(Infinity, 30)
    expect(opened).rejects.toThrow(`AUTH_DATABASE_URL: ${away.message}`)
    await opened.catch(() => undefined)
    expect([said.length, tried()]).toEqual([1, 21])
  })

  test('is asked once where nobody is to wait, and so is one that refuses', async () => {
    const refused = new StorageOpenError('there', new Error('it refuses the password'))
    for (const { opened, said, tried } of [opening(Infinity, 0), opening(Infinity, 30, refused)]) {
      await opened.catch(() => undefined)
      expect(opened).rejects.toThrow('AUTH_DATABASE_URL: Cannot open the database there: ')
      expect([said, tried()]).toEqual([[], 1])
    }
  })
})
