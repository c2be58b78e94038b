import { createHistorial } from '../src/store/historial.ts'
import { openPedidosStorage } from '../src/store/sqlite/open.ts'
import type { Abrir } from './contract/fixture.ts'
import { obligacionesContract } from './contract/obligaciones.ts'
import { pedidosStoreContract } from './contract/pedidos-store.ts'
import { storeDe } from './fixture.ts'

const abrir: Abrir = async () => {
  const storage = openPedidosStorage(':memory:')
  return {
    proceso: async () => ({ store: await storeDe(storage), historial: createHistorial(storage) }),
    cerrar: () => storage.close(),
  }
}

pedidosStoreContract('SQLite', abrir)
obligacionesContract('SQLite', abrir)
