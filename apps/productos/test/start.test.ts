import { datosDeAlta } from '../src/domain/producto.ts'
import { ConfigError } from '@encargo/service-kit/run/config'
import { StartError } from '@encargo/service-kit/run/start-error'
import { startSentence } from '@encargo/service-kit/run/run'
import { expect, test } from 'bun:test'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { start } from '../src/main.ts'
import { createProductosStore } from '../src/store/store.ts'
import { openProductosStorage } from '../src/store/sqlite/open.ts'

function folder(): string {
  return testFolder('productos', cleanUp)
}

async function refusal(env: Record<string, string>): Promise<unknown> {
  try {
    const running = await start(env)
    await running.stop()
    return 'started'
  } catch (error) {
    return error
  }
}

test('starts on a free port, answers, survives a restart with its data, and stops', async () => {
  const env = { DATA_DIR: folder(), PRODUCTOS_PORT: '0', LOG_LEVEL: 'error' }
  for (let time = 0; time < 2; time++) {
    const running = await start(env)
    const answer = await fetch(`${running.url}/productos`)
    expect(await answer.json()).toEqual({ datos: [], siguiente: null })
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200)
    await running.stop()
    await running.stop()
    expect(fetch(`${running.url}/livez`)).rejects.toThrow()
  }
})

test('is not ready any more for as long as it waits before it stops, and serves on', async () => {
  const env = { DATA_DIR: folder(), PRODUCTOS_PORT: '0', LOG_LEVEL: 'error' }
  const running = await start({ ...env, STOP_DELAY_SECONDS: '1' })
  const statusOf = async (path: string) => (await fetch(`${running.url}${path}`)).status
  const stopped = running.stop()
  expect([await statusOf('/readyz'), await statusOf('/productos')]).toEqual([503, 200])
  await stopped
  expect(statusOf('/livez')).rejects.toThrow()
})

test('says which variable is wrong, in one sentence', async () => {
  const wrong: [string, string][] = [
    ['PRODUCTOS_PORT', 'eighty'],
    ['PRODUCTOS_PORT', '70000'],
    ['MONEDA', 'dollars'],
    ['AUTH_URL', 'auth:8000'],
    ['LOG_LEVEL', 'loud'],
  ]
  for (const [name, value] of wrong) {
    const error = await refusal({ DATA_DIR: folder(), [name]: value })
    expect(error).toBeInstanceOf(ConfigError)
    expect(startSentence(error)).toMatch(new RegExp(`^${name} must be .*"${value}"$`))
  }
})

test('names a port that is taken, and closes its database again', async () => {
  const taken = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  cleanUp(() => taken.stop(true))
  const env = { DATA_DIR: folder(), PRODUCTOS_PORT: String(taken.port) }
  const error = await refusal(env)
  expect(error).toBeInstanceOf(StartError)
  expect(startSentence(error)).toContain(`127.0.0.1:${taken.port}`)
  expect(startSentence(error)).toContain('PRODUCTOS_PORT')
  const running = await start({ ...env, PRODUCTOS_PORT: '0' })
  await running.stop()
})

test('names a folder that cannot be one', async () => {
  const file = join(folder(), 'file')
  writeFileSync(file, '')
  const error = await refusal({ DATA_DIR: file, PRODUCTOS_PORT: '0' })
  expect(error).toBeInstanceOf(StartError)
  expect(startSentence(error)).toContain(file)
})

test('keeps to the currency of its prices, and may change it while there are none', async () => {
  const env = { DATA_DIR: folder(), PRODUCTOS_PORT: '0', LOG_LEVEL: 'error' }
  for (const MONEDA of ['USD', 'COP', 'EUR'])
    expect(await refusal({ ...env, MONEDA })).toBe('started')
  const storage = openProductosStorage(join(env.DATA_DIR, 'productos.db'))
  const catalogo = createProductosStore(storage)
  const datos = datosDeAlta({ sku: 'A-1', nombre: 'Algo', precio: 790 })
  await catalogo.crear(Bun.randomUUIDv7(), datos, { usuarioId: 'u', ahora: Date.now() })
  await storage.close()
  const error = await refusal({ ...env, MONEDA: 'USD' })
  expect(error).toBeInstanceOf(StartError)
  expect(startSentence(error)).toContain('MONEDA is USD, but the amounts in')
  expect(startSentence(error)).toContain('are in EUR')
  expect(await refusal({ ...env, MONEDA: 'EUR' })).toBe('started')
})

test('takes the currency that is set for that of prices from before it was kept', async () => {
  const env = { DATA_DIR: folder(), PRODUCTOS_PORT: '0', LOG_LEVEL: 'error' }
  const storage = openProductosStorage(join(env.DATA_DIR, 'productos.db'))
  const catalogo = createProductosStore(storage)
  const datos = datosDeAlta({ sku: 'A-1', nombre: 'Algo', precio: 790 })
  await catalogo.crear(Bun.randomUUIDv7(), datos, { usuarioId: 'u', ahora: Date.now() })
  await storage.close()
  expect(await refusal({ ...env, MONEDA: 'COP' })).toBe('started')
  expect(await refusal({ ...env, MONEDA: 'USD' })).toBeInstanceOf(StartError)
})
