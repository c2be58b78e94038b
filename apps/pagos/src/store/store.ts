import { listarAuditoria } from '@encargo/service-kit/audit/log'
import type { Clock } from '@encargo/service-kit/async/clock'
import { forgetKeys, statements as deClaves } from '@encargo/service-kit/idempotency/statements'
import { type Engine, statement } from '@encargo/storage'
import type { PagosStore } from '../ports/store.ts'
import { createAjenos } from './ajenos.ts'
import { createAvisos } from './avisos.ts'
import { createCobros } from './cobros.ts'
import { createListas } from './listas.ts'
import { createMetodos } from './metodos.ts'
import { createObligaciones } from './obligaciones.ts'
import { createReembolsos } from './reembolsos.ts'

const marcas = {
  leer: statement<{ valor: string }, [nombre: string]>(
    'SELECT valor FROM marcas WHERE nombre = ?1',
  ),
  poner: statement<never, [nombre: string, valor: string]>(
    `INSERT INTO marcas (nombre, valor) VALUES (?1, ?2)
     ON CONFLICT (nombre) DO UPDATE SET valor = excluded.valor`,
  ),
  ultimo: statement<{ en: number }, []>('SELECT en FROM eventos ORDER BY secuencia DESC LIMIT 1'),
}

/** What happened to money. Reads see what is committed; writes resolve after their fsync. */
export function createPagosStore(engine: Engine, clock: Pick<Clock, 'epochMs'>): PagosStore {
  engine.prepare(...Object.values(marcas), ...Object.values(deClaves))
  return {
    compartido: engine.shared,
    deGuardia: () => engine.holds('pagos'),
    ...createMetodos(engine),
    ...createCobros(engine),
    ...createReembolsos(engine),
    ...createAvisos(engine),
    ...createAjenos(engine),
    ...createListas(engine),
    ...createObligaciones(engine, clock.epochMs),
    auditoria: listarAuditoria(engine),
    marca: async (nombre) => (await engine.ask(marcas.leer.get(nombre)))?.valor,
    async marcar(nombre, valor) {
      await engine.write(() => marcas.poner.run(nombre, valor))
    },
    olvidarClaves: (ahora, limite) => forgetKeys(engine, ahora, limite),
    ultimoMomento: async () => (await engine.ask(marcas.ultimo.get()))?.en,
  }
}
