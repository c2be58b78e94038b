import { createCalls } from '@encargo/service-kit/testing/calls'
import { onPostgres } from '@encargo/storage/testing/postgres'
import { expect, test } from 'bun:test'
import { createHistorial } from '../src/store/historial.ts'
import { baseNueva } from './base.ts'
import type { Abrir } from './contract/fixture.ts'
import { obligacionesContract } from './contract/obligaciones.ts'
import { pedidosStoreContract } from './contract/pedidos-store.ts'
import { storeDe } from './fixture.ts'

const { watch, missed } = createCalls()

const abrir: Abrir = async () => {
  const { abrir, cerrar } = await baseNueva()
  const proceso = async () => {
    const storage = await abrir()
    return { store: watch(await storeDe(storage)), historial: watch(createHistorial(storage)) }
  }
  return { proceso, cerrar }
}

const engine = onPostgres ? 'PostgreSQL' : 'SQLite'
pedidosStoreContract(engine, abrir)
obligacionesContract(engine, abrir)

test('it says whether others may be at the same orders', async () => {
  const { proceso, cerrar } = await abrir()
  expect((await proceso()).store.compartido).toBe(onPostgres)
  await cerrar()
})

test('its contract asks it for everything that it offers', () => {
  expect(missed()).toEqual([])
})
