import { expect, test } from 'bun:test'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseConfig } from '@encargo/service-kit/run/config'
import { startSentence } from '@encargo/service-kit/run/run'
import { InventarioConfig } from '../src/config.ts'
import { start } from '../src/main.ts'

function environment() {
  const folder = testFolder('inventario', cleanUp)
  return { DATA_DIR: folder, INVENTARIO_PORT: '0', LOG_LEVEL: 'error' }
}

async function refusal(env: Record<string, string>): Promise<string | undefined> {
  return await start(env).then(
    async (running) => {
      await running.stop()
      return undefined
    },
    (error: unknown) => startSentence(error),
  )
}

test('starts on an empty folder, serves, and stops cleanly', async () => {
  const env = environment()
  const running = await start(env)
  cleanUp(() => running.stop())
  expect(await (await fetch(`${running.url}/livez`)).json()).toEqual({
    estado: 'vivo',
    servicio: 'inventario',
  })
  const ready = await fetch(`${running.url}/readyz`)
  expect([ready.status, await ready.json()]).toMatchObject([
    200,
    { estado: 'listo', servicios: { auth: { circuito: 'closed' }, productos: {} } },
  ])
  const ids = Bun.randomUUIDv7()
  const answer = await fetch(`${running.url}/disponibilidad?ids=${ids}`)
  expect(await answer.json()).toEqual({ datos: [{ productoId: ids, disponible: 0 }] })
  await running.stop()
  expect(existsSync(join(env.DATA_DIR, 'inventario.db'))).toBeTrue()
  const again = await start(env)
  await again.stop()
})

test('says in one sentence that its port is taken, and leaves its database closed', async () => {
  const env = environment()
  const taken = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  cleanUp(() => taken.stop(true))
  const sentence = await refusal({ ...env, INVENTARIO_PORT: String(taken.port) })
  expect(sentence).toContain(`127.0.0.1:${taken.port} is already in use`)
  expect(sentence).toContain('INVENTARIO_PORT')
  expect(existsSync(join(env.DATA_DIR, 'inventario.db-wal'))).toBeFalse()
})

test('says in one sentence that its folder cannot be used', async () => {
  const env = environment()
  const file = join(env.DATA_DIR, 'file')
  writeFileSync(file, '')
  const sentence = await refusal({ ...env, DATA_DIR: join(file, 'data') })
  expect(sentence).toContain('DATA_DIR: the folder')
  expect(sentence).toContain(file)
})

test('names the variable that is wrong and what arrived', async () => {
  const env = environment()
  const wrong: Record<string, string> = {
    INVENTARIO_PORT: '70000',
    RESERVA_TTL_SEGUNDOS: '1h',
    PRODUCTOS_URL: 'localhost:8001',
    LOG_LEVEL: 'loud',
  }
  for (const [name, value] of Object.entries(wrong)) {
    const sentence = await refusal({ ...env, [name]: value })
    expect(sentence).toStartWith(`${name} must be`)
    expect(sentence).toEndWith(`got ${JSON.stringify(value)}`)
  }
  for (const value of ['0', '-1', '1.5', '2592001']) {
    expect(await refusal({ ...env, RESERVA_TTL_SEGUNDOS: value })).toContain(`got "${value}"`)
  }
})

test('keeps a reservation for a day unless told otherwise', () => {
  expect(parseConfig(InventarioConfig, {}).RESERVA_TTL_SEGUNDOS).toBe(86_400)
  expect(parseConfig(InventarioConfig, { RESERVA_TTL_SEGUNDOS: '5' }).RESERVA_TTL_SEGUNDOS).toBe(5)
})
