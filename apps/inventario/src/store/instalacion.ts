import { crashAround } from '@encargo/service-kit/run/crash-points'
import { puedeEnlazar } from '../domain/instalacion.ts'
import type { InstalacionStore, PeticionEnlace } from '../ports.ts'
import type { InventarioStorage } from './sqlite/open.ts'

function prepare({ client }: InventarioStorage) {
  return {
    leer: client.prepare<{ pedidos: string }, []>('SELECT pedidos FROM instalacion'),
    poner: client.prepare(
      'INSERT OR REPLACE INTO instalacion (n, pedidos, desde) VALUES (1, ?, ?)',
    ),
    algunaReserva: client.prepare<{ n: number }, []>('SELECT n FROM reservas LIMIT 1'),
    reserva: client.prepare<{ n: number }, [string]>('SELECT n FROM reservas WHERE pedido_id = ?'),
  }
}

/** Which installation of pedidos this stock is for. */
export function createInstalacion(storage: InventarioStorage): InstalacionStore {
  const statements = prepare(storage)
  let conocida: string | null = null

  /** Looked up only when it seems to be another: the very command that changes it may just have run. */
  function esDe(instalacion: string): boolean {
    if (conocida !== instalacion) conocida = statements.leer.get()?.pedidos ?? null
    return conocida === instalacion
  }

  function enlazar({ instalacion, testigos, ahora }: PeticionEnlace): boolean {
    const actual = statements.leer.get()?.pedidos
    if (actual === instalacion) return true
    const puede = puedeEnlazar({
      esDeOtra: actual !== undefined,
      hayReservas: statements.algunaReserva.get() !== null,
      testigos: testigos.length,
      conReserva: testigos.filter((id) => statements.reserva.get(id)).length,
    })
    if (puede) statements.poner.run(instalacion, ahora)
    return puede
  }

  return {
    esDe,
    async enlazar(peticion) {
      if (esDe(peticion.instalacion)) return true
      const esSuya = await crashAround('inventario.enlazar.escribir', () =>
        storage.write(() => enlazar(peticion)),
      )
      if (esSuya) conocida = peticion.instalacion
      return esSuya
    },
  }
}
