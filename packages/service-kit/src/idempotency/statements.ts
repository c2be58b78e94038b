import { type Engine, statement } from '@encargo/storage'
import { idempotencyTtlMs } from '../values/idempotency.ts'

/** On the table `idempotencia`, which is the service's own; moments in milliseconds since the epoch. */
export const statements = {
  find: statement<
    { huella: string; resultado: string },
    [usuarioId: string, clave: string, desde: number]
  >(
    `SELECT huella, resultado FROM idempotencia
     WHERE usuario_id = ?1 AND clave = ?2 AND creada_en > ?3`,
  ),
  // One whose time has run out may still lie there.
  save: statement<
    never,
    [usuarioId: string, clave: string, huella: string, resultado: string, ahora: number]
  >(
    `INSERT INTO idempotencia (usuario_id, clave, huella, resultado, creada_en)
     VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT (usuario_id, clave) DO UPDATE
     SET huella = excluded.huella, resultado = excluded.resultado, creada_en = excluded.creada_en`,
  ),
  old: statement<{ clave: string }, [hasta: number]>(
    'SELECT clave FROM idempotencia WHERE creada_en <= ?1 LIMIT 1',
  ),
  forget: statement<never, [hasta: number, limite: number]>(
    `DELETE FROM idempotencia WHERE (usuario_id, clave) IN
       (SELECT usuario_id, clave FROM idempotencia WHERE creada_en <= ?1
        ORDER BY creada_en, usuario_id, clave LIMIT ?2)`,
  ),
}

/** Forgets up to `limit` keys whose time is over; answers how many. An idle service does not write for it. */
export async function forgetKeys(engine: Engine, now: number, limit: number): Promise<number> {
  const until = now - idempotencyTtlMs
  if (!(await engine.ask(statements.old.get(until)))) return 0
  return await engine.write(() => statements.forget.run(until, limit))
}
