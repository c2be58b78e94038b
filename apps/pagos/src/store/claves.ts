import { idempotencyTtlMs } from '@encargo/service-kit/values/idempotency'
import { type Engine, type Script, statement } from '@encargo/storage'
import type { Clave } from '../ports/cobros.ts'

export const sentencias = {
  hallar: statement<
    { huella: string; resultado: string },
    [usuarioId: string, clave: string, desde: number]
  >(
    `SELECT huella, resultado FROM idempotencia
     WHERE usuario_id = ?1 AND clave = ?2 AND creada_en > ?3`,
  ),
  // One whose time has run out may still lie there.
  guardar: statement<
    never,
    [usuarioId: string, clave: string, huella: string, resultado: string, ahora: number]
  >(
    `INSERT INTO idempotencia (usuario_id, clave, huella, resultado, creada_en)
     VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT (usuario_id, clave) DO UPDATE
     SET huella = excluded.huella, resultado = excluded.resultado, creada_en = excluded.creada_en`,
  ),
  vieja: statement<{ clave: string }, [hasta: number]>(
    'SELECT clave FROM idempotencia WHERE creada_en <= ?1 LIMIT 1',
  ),
  olvidar: statement<never, [hasta: number, limite: number]>(
    `DELETE FROM idempotencia WHERE (usuario_id, clave) IN
       (SELECT usuario_id, clave FROM idempotencia WHERE creada_en <= ?1
        ORDER BY creada_en, usuario_id, clave LIMIT ?2)`,
  ),
}

/** What a key was used for: the charge that came of it, or `distinta` where it was another request's. */
export function* deClave(
  clave: Clave | undefined,
  ahora: number,
): Script<{ readonly cobroId: string } | 'distinta' | undefined> {
  if (!clave) return undefined
  const { usuarioId, clave: texto, huella } = clave
  const primera = yield* sentencias.hallar.get(usuarioId, texto, ahora - idempotencyTtlMs)
  if (!primera) return undefined
  return primera.huella === huella ? { cobroId: primera.resultado } : 'distinta'
}

/** In the write of what came of it. */
export function* anotarClave(
  clave: Clave | undefined,
  cobroId: string,
  ahora: number,
): Script<void> {
  if (!clave) return
  yield* sentencias.guardar.run(clave.usuarioId, clave.clave, clave.huella, cobroId, ahora)
}

export async function olvidarClaves(engine: Engine, ahora: number, limite: number) {
  const hasta = ahora - idempotencyTtlMs
  if (!(await engine.ask(sentencias.vieja.get(hasta)))) return 0
  return await engine.write(() => sentencias.olvidar.run(hasta, limite))
}
