import { afterAll } from 'bun:test'
import { openInventarioStorage } from '../src/store/sqlite/open.ts'
import { createInventarioStore } from '../src/store/store.ts'
import { inventarioStoreContract } from './contract/inventario-store.ts'

const storage = openInventarioStorage(':memory:')
afterAll(() => storage.close())

inventarioStoreContract('SQLite', () => createInventarioStore(storage, () => Bun.randomUUIDv7()))
