import { openAuthStore } from '../src/store/sqlite/open.ts'
import { authStoreContract } from './contract/store.ts'

authStoreContract('SQLite', async () => {
  const { storage, ...store } = openAuthStore(':memory:')
  return { store, close: () => storage.close() }
})
