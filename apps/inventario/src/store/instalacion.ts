import { type Engine, type Script, statement } from '@encargo/storage'
import { puedeEnlazar } from '../domain/instalacion.ts'
import type { InstalacionStore, PeticionEnlace } from '../ports.ts'

const sql = {
  leer: statement<{ pedidos: string }, []>('SELECT pedidos FROM instalacion'),
  poner: statement<never, [pedidos: string, desde: number]>(
    `INSERT INTO instalacion (n, pedidos, desde) VALUES (1, ?1, ?2)
     ON CONFLICT (n) DO UPDATE SET pedidos = excluded.pedidos, desde = excluded.desde`,
  ),
  algunaReserva: statement<{ n: number }, []>('SELECT n FROM reservas LIMIT 1'),
  conReserva: statement<{ cuantos: number }, [ids: string]>(
    `SELECT count(*) AS cuantos FROM reservas
     WHERE pedido_id IN (SELECT value FROM json_each(?1))`,
  ),
}

function* enlazar({ instalacion, testigos, ahora }: PeticionEnlace): Script<boolean> {
  const actual = yield* sql.leer.get()
  if (actual?.pedidos === instalacion) return true
  const conReserva = yield* sql.conReserva.get(JSON.stringify(testigos))
  const puede = puedeEnlazar({
    esDeOtra: actual !== undefined,
    hayReservas: (yield* sql.algunaReserva.get()) !== undefined,
    testigos: testigos.length,
    conReserva: conReserva?.cuantos ?? 0,
  })
  if (puede) yield* sql.poner.run(instalacion, ahora)
  return puede
}

export function createInstalacionStore(engine: Engine): InstalacionStore {
  engine.prepare(...Object.values(sql))
  return {
    instalacion: async () => (await engine.ask(sql.leer.get()))?.pedidos,
    enlazar: (peticion) => engine.write(() => enlazar(peticion)),
  }
}
