import { createHistorial } from '../src/store/historial.ts'
import { openPedidosStorage } from '../src/store/sqlite/open.ts'
import { pedidosStoreContract } from './contract/pedidos-store.ts'
import { storeDe } from './fixture.ts'

pedidosStoreContract('SQLite', async () => {
  const storage = openPedidosStorage(':memory:')
  return {
    proceso: () => ({ store: storeDe(storage), historial: createHistorial(storage.engine) }),
    cerrar: () => storage.close(),
  }
})
