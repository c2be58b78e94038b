import { type Asked, type Engine, type Script, statement, together } from '@encargo/storage'
import type { ConfirmacionStore, Confirmar } from '../ports/usuarios.ts'
import { apuntarPropio } from './auditoria.ts'
import { deberCorreo, olvidarCorreos } from './correos.ts'

const poner = statement<never, [usuarioId: string, hash: string, caducaEn: number]>(
  `INSERT INTO confirmaciones (usuario_id, hash, caduca_en) VALUES (?1, ?2, ?3)
   ON CONFLICT (usuario_id) DO UPDATE SET hash = excluded.hash, caduca_en = excluded.caduca_en`,
)
const quitar = statement<never, [usuarioId: string]>(
  'DELETE FROM confirmaciones WHERE usuario_id = ?1',
)
const buena = statement<{ usuarioId: string }, [hash: string, now: number]>(
  `SELECT u.id AS "usuarioId" FROM confirmaciones c JOIN usuarios u ON u.id = c.usuario_id
   WHERE c.hash = ?1 AND c.caduca_en > ?2 AND u.activo = 1`,
)
const confirmado = statement<never, [usuarioId: string, now: number]>(
  `UPDATE usuarios SET email_confirmado_en = ?2, version = version + 1, actualizado_en = ?2
   WHERE id = ?1 AND activo = 1 AND email_confirmado_en IS NULL`,
)
const purgar = statement<never, [now: number]>('DELETE FROM confirmaciones WHERE caduca_en < ?1')

/** The token that confirms an address and the mail that brings it; they replace older ones. */
export const pedirConfirmacion = ({ hash, correo }: Confirmar): readonly Asked<number>[] => [
  ...deberCorreo(correo),
  poner.run(correo.usuarioId, hash, correo.caducaEn),
]

/** Nothing is left to be confirmed. */
export const olvidarConfirmacion = (usuarioId: string): readonly Asked<number>[] => [
  olvidarCorreos(usuarioId, 'confirmar'),
  quitar.run(usuarioId),
]

/** Confirms the address of an open account, once: that there is nothing more to confirm is no change. */
export function* confirmarEmail(uso: {
  readonly usuarioId: string
  readonly direccion: string | undefined
  readonly now: number
}): Script<void> {
  const { usuarioId, now } = uso
  const [changed] = yield* together(
    confirmado.run(usuarioId, now),
    ...olvidarConfirmacion(usuarioId),
  )
  if (changed > 0) yield* apuntarPropio('email-confirmado', uso)
}

export function createConfirmacionStore(engine: Engine): ConfirmacionStore {
  return {
    pedir: async (confirmar) =>
      void (await engine.write(function* () {
        yield* together(...pedirConfirmacion(confirmar))
      })),
    usar: ({ hash, direccion, now }) =>
      engine.write(function* () {
        const found = yield* buena.get(hash, now)
        if (found) yield* confirmarEmail({ ...found, direccion, now })
        return found !== undefined
      }),
    purgar: (now) => engine.write(() => purgar.run(now)),
  }
}
