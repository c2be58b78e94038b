import type { Rol } from '@encargo/service-kit/identity/tokens'
import { type Asked, type Engine, statement, together } from '@encargo/storage'
import type { Titular } from '../domain/regla-password.ts'
import type { Confirmar, RestablecimientoStore } from '../ports/usuarios.ts'
import { mayAct } from './actor.ts'
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
const abierta = statement<
  { rol: Rol; passwordHash: string | null; confirmadoEn: number | null },
  [usuarioId: string]
>(
  `SELECT rol, password_hash AS "passwordHash", email_confirmado_en AS "confirmadoEn" FROM usuarios
   WHERE id = ?1 AND activo = 1`,
)
const pendiente = statement<{ id: string }, [usuarioId: string]>(
  `SELECT id FROM usuarios
   WHERE id = ?1 AND activo = 1 AND password_hash IS NULL AND rol <> 'cliente'`,
)
const cambiarHash = statement<never, [usuarioId: string, passwordHash: string, now: number]>(
  'UPDATE usuarios SET password_hash = ?2, actualizado_en = ?3 WHERE id = ?1',
)
// An address that nobody had confirmed may have been typed by a stranger, who has a password then: what
// goes by the account's data from now on (deliveries, invoices) must not go to that stranger.
const quitarDatos = statement<never, [usuarioId: string]>(
  'UPDATE usuarios SET telefono = NULL, cedula = NULL, cedula_clave = NULL WHERE id = ?1',
)
const purgar = statement<never, [now: number]>('DELETE FROM restablecimientos WHERE caduca_en < ?1')

/** The token and the mail that brings it; they replace older ones. */
export const ponerRestablecimiento = ({ hash, correo }: Confirmar): readonly Asked<number>[] => [
  ...deberCorreo(correo),
  poner.run(correo.usuarioId, hash, correo.caducaEn),
]

export function createRestablecimientoStore(engine: Engine): RestablecimientoStore {
  return {
    poner: ({ hash, correo, direccion }) =>
      engine.write(function* () {
        const { usuarioId: sujetoId, creadoEn: en } = correo
        yield* together(
          apuntar({ en, accion: 'restablecimiento-pedido', sujetoId, direccion }),
          ...ponerRestablecimiento({ hash, correo }),
        )
      }),
    invitar: ({ hash, correo, direccion, actor }) =>
      engine.write(function* () {
        const { usuarioId: sujetoId, creadoEn: en } = correo
        if (!(yield* mayAct(actor))) return 'sin-permiso'
        if (!(yield* pendiente.get(sujetoId))) return 'no-encontrado'
        const who = { actorId: actor.id, sujetoId, direccion }
        yield* together(
          apuntar({ en, accion: 'invitacion-repetida', ...who }),
          ...ponerRestablecimiento({ hash, correo }),
        )
        return 'enviada'
      }),
    titular: (hash, now) => engine.ask(titular.get(hash, now)),
    usar: ({ hash, passwordHash, direccion, now }) =>
      engine.write(function* () {
        const used = yield* gastar.get(hash, now)
        if (!used) return false
        const { usuarioId } = used
        const antes = yield* abierta.get(usuarioId)
        if (!antes) return false
        yield* cambiarHash.run(usuarioId, passwordHash, now)
        if (antes.confirmadoEn === null && antes.passwordHash !== null) {
          yield* together(quitarDatos.run(usuarioId), ...olvidarLibreta(usuarioId))
        }
        const invited = antes.passwordHash === null && antes.rol !== 'cliente'
        const accion = invited ? 'invitacion-aceptada' : 'password-restablecida'
        // Whoever has the token reads what comes to the address.
        yield* confirmarEmail({ usuarioId, direccion, now })
        yield* together(
          cerrarSesionesDe(usuarioId, now),
          apuntarPropio(accion, { usuarioId, direccion, now }),
        )
        return true
      }),
    purgar: (now) => engine.write(() => purgar.run(now)),
  }
}
