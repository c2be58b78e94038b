import { type Engine, statement } from '@encargo/storage'
import type { EnlaceStore } from '../ports/enlaces.ts'
import { deVarios } from './lectura.ts'

const otraVuelta = 'ON CONFLICT (numero) DO UPDATE SET vuelta = enlaces.vuelta + 1'

export const sentencias = {
  vuelta: statement<{ readonly vuelta: number }, [numero: number]>(
    'SELECT vuelta FROM enlaces WHERE numero = ?1',
  ),
  revocar: statement<never, [numero: number]>(
    `INSERT INTO enlaces (numero, vuelta) VALUES (?1, 1) ${otraVuelta}`,
  ),
  /** Of those that may have links: whoever gave no address and has an account gets none. */
  revocarVarios: statement<never, [numeros: string]>(
    `INSERT INTO enlaces (numero, vuelta) SELECT numero, 1 FROM pedido_condiciones
     WHERE ${deVarios} ${otraVuelta}`,
  ),
}

export const createEnlaceStore = (engine: Engine): EnlaceStore => ({
  vuelta: async (numero) => (await engine.ask(sentencias.vuelta.get(numero)))?.vuelta ?? 0,
  revocarEnlaces: (numero) =>
    engine.write(function* () {
      yield* sentencias.revocar.run(numero)
    }),
})
