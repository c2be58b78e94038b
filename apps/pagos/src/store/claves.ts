import { statements } from '@encargo/service-kit/idempotency/statements'
import { idempotencyTtlMs } from '@encargo/service-kit/values/idempotency'
import type { Script } from '@encargo/storage'
import type { Clave } from '../ports/cobros.ts'

/** What a key was used for: the charge that came of it, or `distinta` where it was another request's. */
export function* deClave(
  clave: Clave | undefined,
  ahora: number,
): Script<{ readonly cobroId: string } | 'distinta' | undefined> {
  if (!clave) return undefined
  const { usuarioId, clave: texto, huella } = clave
  const primera = yield* statements.find.get(usuarioId, texto, ahora - idempotencyTtlMs)
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
  yield* statements.save.run(clave.usuarioId, clave.clave, clave.huella, cobroId, ahora)
}
