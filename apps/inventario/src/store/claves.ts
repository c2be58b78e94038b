import { idempotencyTtlMs } from '@encargo/service-kit/values/idempotency'
import { type Engine, type Script, statement } from '@encargo/storage'
import type { Repetible, UnaVez } from '../ports.ts'

const sql = {
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
       (SELECT usuario_id, clave FROM idempotencia WHERE creada_en <= ?1 ORDER BY creada_en LIMIT ?2)`,
  ),
}

/** The first answers to idempotency keys. */
export function createClaves(engine: Engine) {
  engine.prepare(...Object.values(sql))

  /**
   * Runs `work` unless its key has an answer, which is kept in the transaction of its effect. Writes
   * run one after the other, so a key is either unknown or answered: never in between.
   */
  function* unaVez<T>(
    { usuarioId, ahora, clave }: Repetible,
    work: () => Script<T>,
  ): Script<UnaVez<T>> {
    if (!clave) return { tipo: 'primera', respuesta: yield* work() }
    const first = yield* sql.find.get(usuarioId, clave.clave, ahora - idempotencyTtlMs)
    if (first && first.huella !== clave.huella) return { tipo: 'distinta' }
    if (first) {
      // What `work` answered to this very request; when its form changes, a migration brings it along.
      return { tipo: 'repetida', respuesta: JSON.parse(first.resultado) as T }
    }
    const respuesta = yield* work()
    yield* sql.save.run(usuarioId, clave.clave, clave.huella, JSON.stringify(respuesta), ahora)
    return { tipo: 'primera', respuesta }
  }

  return {
    unaVez,
    async olvidar(ahora: number, limite: number): Promise<number> {
      const hasta = ahora - idempotencyTtlMs
      if (!(await engine.ask(sql.old.get(hasta)))) return 0
      return await engine.write(function* () {
        return yield* sql.forget.run(hasta, limite)
      })
    },
  }
}
