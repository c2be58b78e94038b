import { type Asked, type Engine, list, statement } from '@encargo/storage'
import { originOf } from '../values/network-of.ts'

/** A line of the log: of people, programs and things only ids; `en` in milliseconds. */
export interface ApunteDe<Accion extends string> {
  readonly en: number
  readonly accion: Accion
  /** Without one: somebody unknown, or the operator at the machine. */
  readonly actorId?: string
  /** Whom or what it was done to. */
  readonly sujetoId?: string | undefined
  readonly direccion: string | undefined
  /** Numbers, codes and names of fields: nothing that is about a person. */
  readonly detalle?: string | undefined
}

/** A line as it is kept. */
export interface ApunteGuardado {
  readonly numero: number
  readonly en: number
  readonly accion: string
  readonly actorId: string | null
  readonly sujetoId: string | null
  readonly red: string | null
  readonly detalle: string | null
}

export interface FiltroAuditoria {
  readonly accion?: string
  readonly actorId?: string
  readonly sujetoId?: string
  /** Only lines before this number. */
  readonly antesDe?: number
  readonly limite: number
}

/** Up to `limite + 1` lines, the latest first. */
export type ListarAuditoria = (filtro: FiltroAuditoria) => Promise<readonly ApunteGuardado[]>

const insertar = statement<
  never,
  [
    en: number,
    accion: string,
    actorId: string | null,
    sujetoId: string | null,
    red: string | null,
    detalle: string | null,
  ]
>(
  `INSERT INTO auditoria (numero, en, accion, actor_id, sujeto_id, red, detalle)
   VALUES ((SELECT coalesce(max(numero), 0) + 1 FROM auditoria), ?1, ?2, ?3, ?4, ?5, ?6)`,
)

/**
 * Writes a line within the write that it tells of: neither is on disk without the other. The table
 * `auditoria` is the service's own, and takes lines only:
 *
 *     yield* apuntar({ en: ahora, accion: 'producto-creado', actorId, sujetoId: id, direccion })
 */
export const apuntar = (apunte: ApunteDe<string>): Asked<number> =>
  insertar.run(
    apunte.en,
    apunte.accion,
    apunte.actorId ?? null,
    apunte.sujetoId ?? null,
    originOf(apunte.direccion) ?? null,
    apunte.detalle ?? null,
  )

const lista = list<ApunteGuardado>(
  'SELECT numero, en, accion, actor_id AS "actorId", sujeto_id AS "sujetoId", red, detalle FROM auditoria',
  'ORDER BY numero DESC LIMIT ?',
)

export const listarAuditoria =
  (engine: Engine): ListarAuditoria =>
  ({ accion, actorId, sujetoId, antesDe, limite }) =>
    engine.ask(
      lista(
        [
          accion === undefined ? undefined : ['accion = ?', accion],
          actorId === undefined ? undefined : ['actor_id = ?', actorId],
          sujetoId === undefined ? undefined : ['sujeto_id = ?', sujetoId],
          antesDe === undefined ? undefined : ['numero < ?', antesDe],
        ],
        limite + 1,
      ),
    )
