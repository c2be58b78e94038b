import { createCalls } from '@encargo/service-kit/testing/calls'
import { expect, test } from 'bun:test'
import { createHistorial } from '../src/store/historial.ts'
import { openPedidosStorage } from '../src/store/sqlite/open.ts'
import type { Abrir } from './contract/fixture.ts'
import { obligacionesContract } from './contract/obligaciones.ts'
import { pedidosStoreContract } from './contract/pedidos-store.ts'
import { storeDe } from './fixture.ts'

const { watch, missed } = createCalls()

const abrir: Abrir = async () => {
  const storage = openPedidosStorage(':memory:')
  return {
    proceso: async () => ({
      store: watch(await storeDe(storage)),
      historial: watch(createHistorial(storage)),
    }),
    cerrar: () => storage.close(),
  }
}

pedidosStoreContract('SQLite', abrir)
obligacionesContract('SQLite', abrir)

test('it needs nobody to take turns with', async () => {
  const { proceso, cerrar } = await abrir()
  expect((await proceso()).store.compartido).toBe(false)
  await cerrar()
})

test('its contract asks it for everything that it offers', () => {
  expect(missed()).toEqual([])
})
