import { createCalls } from '@encargo/service-kit/testing/calls'
import { expect, test } from 'bun:test'
import { openAuthStorage } from '../src/store/sqlite/open.ts'
import { createAuthStore } from '../src/store/store.ts'
import { accesoContract } from './contract/acceso.ts'
import { libretaContract } from './contract/libreta.ts'
import { tiendaContract } from './contract/tienda.ts'
import { usuariosContract } from './contract/usuarios.ts'

const { watch, missed } = createCalls()

const open = async () => {
  const storage = openAuthStorage(':memory:')
  return { store: watch(createAuthStore(storage)), close: () => storage.close() }
}

usuariosContract('SQLite', open)
accesoContract('SQLite', open)
libretaContract('SQLite', open)
tiendaContract('SQLite', open)

test('its contract asks it for everything that it offers', () => {
  expect(missed()).toEqual([])
})
