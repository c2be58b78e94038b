import { apuntar as escribir, listarAuditoria } from '@encargo/service-kit/audit/log'
import { type Engine, statement, together } from '@encargo/storage'
import type { Rol } from '@encargo/service-kit/identity/tokens'
import type { Accion, Apunte } from '../domain/auditoria.ts'
import type { AuditoriaStore, Eliminado } from '../ports/auditoria.ts'

/** Writes a line within the write that it tells of: neither is on disk without the other. */
export const apuntar = (apunte: Apunte) => escribir(apunte)

/** A line on what users do with their own accounts. */
export const apuntarPropio = (
  accion: Accion,
  { usuarioId, direccion, now }: { usuarioId: string; direccion: string | undefined; now: number },
) => apuntar({ en: now, accion, actorId: usuarioId, sujetoId: usuarioId, direccion })

// The log is append-only and its lines are numbered as they are committed: whoever has read up to one
// of them and later reads on has missed none. Every line of this kind says of whom.
const eliminados = statement<Eliminado, [despuesDe: number, limite: number]>(
  `SELECT numero, sujeto_id AS id, en FROM auditoria
   WHERE accion = 'usuario-eliminado' AND numero > ?1 ORDER BY numero LIMIT ?2`,
)

const cambiosDeRol = ['rol-cambiado', 'usuario-desactivado', 'usuario-eliminado'] as const
/** The latest changes of a kind. */
const ultimos = statement<{ id: string; en: number }, [accion: string]>(
  'SELECT sujeto_id AS id, en FROM auditoria WHERE accion = ?1 ORDER BY numero DESC LIMIT 500',
)
const roles = statement<{ id: string; rol: Rol | null; invitado: number }, [ids: string]>(
  `SELECT id, CASE WHEN activo = 1 THEN rol END AS rol, invitado FROM usuarios
   WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY id`,
)

export function createAuditoriaStore(engine: Engine): AuditoriaStore {
  return {
    apuntar: async (apunte) => void (await engine.write(() => apuntar(apunte))),
    listar: listarAuditoria(engine),
    eliminados: ({ despuesDe, limite }) => engine.ask(eliminados.all(despuesDe, limite + 1)),
    cambiados: ({ desde, invitadosDesde }) =>
      engine.read(function* () {
        const changes = yield* together(...cambiosDeRol.map((accion) => ultimos.all(accion)))
        const since = (from: number) =>
          new Set(changes.flat().flatMap(({ id, en }) => (en >= from ? id : [])))
        const lately = since(desde)
        const found = yield* roles.all(JSON.stringify([...since(invitadosDesde)]))
        return found.flatMap(({ id, rol, invitado }) =>
          lately.has(id) || invitado === 1 ? { id, rol } : [],
        )
      }),
  }
}
