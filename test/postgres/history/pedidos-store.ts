import type { MonoMs } from '@encargo/service-kit/async/clock'
import type { Historial, PedidosStore } from '../../../apps/pedidos/src/ports/store.ts'
import { createHistorial } from '../../../apps/pedidos/src/store/historial.ts'
import { leerInicio } from '../../../apps/pedidos/src/store/inicio.ts'
import { openPedidosPostgres } from '../../../apps/pedidos/src/store/postgres/open.ts'
import { openPedidosStorage } from '../../../apps/pedidos/src/store/sqlite/open.ts'
import { createPedidosStore } from '../../../apps/pedidos/src/store/store.ts'
import type { Storage } from '@encargo/storage'
import { change } from '@encargo/storage/testing'
import type { Both } from './both.ts'

export type Store = PedidosStore & Historial

/** A follower takes in pieces whose length is the same, however long they take. */
const clock = { monoMs: () => 0 as MonoMs }

/** Of one installation and one secret, of which a migration would make others in each. */
async function storeOn(storage: Storage): Promise<Store> {
  const alAzar = "nombre IN ('instalacion', 'secreto-enlaces')"
  await change(storage, `UPDATE marcas SET valor = 'la misma' WHERE ${alAzar}`)
  const { idDeClave } = await storage.read(leerInicio)
  return { ...createPedidosStore(storage, clock, idDeClave), ...createHistorial(storage) }
}

export async function openPedidos(url: string): Promise<Both<Store>> {
  const sqlite = openPedidosStorage(':memory:')
  const postgres = await openPedidosPostgres(url)
  return {
    sqlite: await storeOn(sqlite),
    postgres: await storeOn(postgres),
    storages: { sqlite, postgres },
  }
}
