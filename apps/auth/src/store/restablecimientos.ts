import { type Engine, statement, together } from '@encargo/storage'
import type { Titular } from '../domain/regla-password.ts'
import type { RestablecimientoStore } from '../ports/usuarios.ts'
import { apuntar, apuntarPropio } from './auditoria.ts'
import { olvidarLibreta } from './libreta.ts'
import { confirmarEmail } from './confirmaciones.ts'
import { deberCorreo } from './correos.ts'
import { cerrarSesionesDe } from './sesiones.ts'

const poner = statement<never, [usuarioId: string, hash: string, caducaEn: number]>(
  `INSERT INTO restablecimientos (usuario_id, hash, caduca_en) VALUES (?1, ?2, ?3)
   ON CONFLICT (usuario_id) DO UPDATE SET hash = excluded.hash, caduca_en = excluded.caduca_en`,
)
const titular = statement<Titular, [hash: string, now: number]>(
  `SELECT u.email, u.nombre FROM restablecimientos r JOIN usuarios u ON u.id = r.usuario_id
   WHERE r.hash = ?1 AND r.caduca_en > ?2 AND u.activo = 1`,
)
const gastar = statement<{ usuarioId: string }, [hash: string, now: number]>(
  `DELETE FROM restablecimientos WHERE hash = ?1 AND caduca_en > ?2
   RETURNING usuario_id AS "usuarioId"`,
)
const cambiarHash = statement<
  { confirmadoEn: number | null },
  [usuarioId: string, passwordHash: string, now: number]
>(
  `UPDATE usuarios SET password_hash = ?2, actualizado_en = ?3 WHERE id = ?1 AND activo = 1
   RETURNING email_confirmado_en AS "confirmadoEn"`,
)
// An address that nobody had confirmed may have been typed by a stranger: what goes by the account's
// data from now on (deliveries, invoices) must not go to that stranger.
const quitarDatos = statement<never, [usuarioId: string]>(
  'UPDATE usuarios SET telefono = NULL, cedula = NULL, cedula_clave = NULL WHERE id = ?1',
)
const purgar = statement<never, [now: number]>('DELETE FROM restablecimientos WHERE caduca_en < ?1')

export function createRestablecimientoStore(engine: Engine): RestablecimientoStore {
  return {
    poner: ({ hash, correo, direccion }) =>
      engine.write(function* () {
        const { usuarioId, creadoEn, caducaEn } = correo
        const who = { sujetoId: usuarioId, direccion }
        yield* together(
          apuntar({ en: creadoEn, accion: 'restablecimiento-pedido', ...who }),
          poner.run(usuarioId, hash, caducaEn),
          ...deberCorreo(correo),
        )
      }),
    titular: (hash, now) => engine.ask(titular.get(hash, now)),
    usar: ({ hash, passwordHash, direccion, now }) =>
      engine.write(function* () {
        const used = yield* gastar.get(hash, now)
        if (!used) return false
        const { usuarioId } = used
        const changed = yield* cambiarHash.get(usuarioId, passwordHash, now)
        if (!changed) return false
        if (changed.confirmadoEn === null) {
          yield* together(quitarDatos.run(usuarioId), ...olvidarLibreta(usuarioId))
        }
        // Whoever has the token reads what comes to the address.
        yield* confirmarEmail({ usuarioId, direccion, now })
        yield* together(
          cerrarSesionesDe(usuarioId, now),
          apuntarPropio('password-restablecida', { usuarioId, direccion, now }),
        )
        return true
      }),
    purgar: (now) => engine.write(() => purgar.run(now)),
  }
}
