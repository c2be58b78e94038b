import { forgetKeys, statements } from '@encargo/service-kit/idempotency/statements'
import { idempotencyTtlMs } from '@encargo/service-kit/values/idempotency'
import type { Engine, Script } from '@encargo/storage'
import type { Repetible, UnaVez } from '../ports.ts'

/**
 * Runs `work` unless its key has an answer, which is kept in the transaction of its effect. Writes
 * run one after the other, so a key is either unknown or answered: never in between.
 */
function* unaVez<T>(
  { usuarioId, ahora, clave }: Repetible,
  work: () => Script<T>,
): Script<UnaVez<T>> {
  if (!clave) return { tipo: 'primera', respuesta: yield* work() }
  const first = yield* statements.find.get(usuarioId, clave.clave, ahora - idempotencyTtlMs)
  if (first && first.huella !== clave.huella) return { tipo: 'distinta' }
  if (first) {
    // What `work` answered to this very request; when its form changes, a migration brings it along.
    return { tipo: 'repetida', respuesta: JSON.parse(first.resultado) as T }
  }
  const respuesta = yield* work()
  yield* statements.save.run(usuarioId, clave.clave, clave.huella, JSON.stringify(respuesta), ahora)
  return { tipo: 'primera', respuesta }
}

/** The first answers to idempotency keys. */
export function createClaves(engine: Engine) {
  engine.prepare(...Object.values(statements))
  return {
    unaVez,
    olvidar: (ahora: number, limite: number) => forgetKeys(engine, ahora, limite),
  }
}
