import { afterAll } from 'bun:test'
import { createProductosStore } from '../src/store/store.ts'
import { openProductosStorage } from '../src/store/sqlite/open.ts'
import { productosStoreContract } from './contract/productos-store.ts'

const storage = openProductosStorage(':memory:')
afterAll(() => storage.close())

productosStoreContract('SQLite', () => createProductosStore(storage))
