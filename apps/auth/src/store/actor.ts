import { type Script, statement, together } from '@encargo/storage'
import type { Rol } from '@encargo/service-kit/identity/tokens'
import type { Actor } from '../ports/usuarios.ts'

const rolActivo = statement<{ rol: Rol }, [id: string]>(
  'SELECT rol FROM usuarios WHERE id = ?1 AND activo = 1',
)
const sesionAbierta = statement<{ id: string }, [id: string]>(
  'SELECT id FROM sesiones WHERE id = ?1 AND cerrada_en IS NULL',
)

/** Whether somebody still is who their token says they are. */
export function* mayAct({ id, como, sesionId }: Actor): Script<boolean> {
  const [user, session] = yield* together(rolActivo.get(id), sesionAbierta.get(sesionId ?? ''))
  if (user === undefined) return false
  if (como === 'admin') return user.rol === 'admin'
  if (como === 'personal') return user.rol !== 'cliente'
  return sesionId === undefined || session !== undefined
}

const otrosAdmins = statement<{ n: number }, [salvo: string]>(
  `SELECT count(*) AS n FROM usuarios
   WHERE rol = 'admin' AND activo = 1 AND password_hash IS NOT NULL AND id <> ?1`,
)

/** Whether anybody else is an active admin, who can sign in. */
export function* hayOtroAdmin(id: string): Script<boolean> {
  const found = yield* otrosAdmins.get(id)
  return found !== undefined && found.n > 0
}
