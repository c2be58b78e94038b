import { type Engine, last, type Script, statement, together } from '@encargo/storage'
import type { Rol } from '@encargo/service-kit/identity/tokens'
import { sha256, sucesor } from '../domain/secretos.ts'
import {
  decidirRenovacion,
  duracionMaximaMs,
  repeticionMs,
  type Sesion,
  sesionAbierta,
  sesionesMaximas,
  type TokenGuardado,
} from '../domain/sesion.ts'
import type { SesionStore } from '../ports/sesiones.ts'
import { apuntarPropio } from './auditoria.ts'
import { perdonarEn } from './frenos.ts'

const cerrarTodas = statement<never, [usuarioId: string, now: number, salvo: string | null]>(
  `UPDATE sesiones SET cerrada_en = ?2
   WHERE usuario_id = ?1 AND cerrada_en IS NULL AND id <> coalesce(?3, '')`,
)
const cerrarUna = statement<never, [id: string, now: number]>(
  'UPDATE sesiones SET cerrada_en = ?2 WHERE id = ?1 AND cerrada_en IS NULL',
)
/** Ends the sessions beyond the latest `quedan`. */
const hacerSitio = statement<never, [usuarioId: string, now: number, quedan: number]>(
  `UPDATE sesiones SET cerrada_en = ?2 WHERE usuario_id = ?1 AND cerrada_en IS NULL AND id NOT IN (
     SELECT id FROM sesiones WHERE usuario_id = ?1 AND cerrada_en IS NULL
     ORDER BY ultimo_uso_en DESC, id DESC LIMIT ?3)`,
)
// Successors that are not given again must not be made again either, by whoever has the database.
const olvidarSemillas = statement<never, [antesDe: number]>(
  'UPDATE refrescos SET semilla = NULL WHERE semilla IS NOT NULL AND usado_en < ?1',
)
const propietario = statement<{ id: string }, [id: string, passwordHash: string]>(
  'SELECT id FROM usuarios WHERE id = ?1 AND password_hash = ?2 AND activo = 1',
)
const insertar = statement<
  never,
  [
    id: string,
    usuarioId: string,
    dispositivo: string | null,
    direccion: string | null,
    now: number,
    expiraEn: number,
  ]
>(
  `INSERT INTO sesiones
     (id, usuario_id, dispositivo, direccion, creada_en, ultimo_uso_en, expira_en)
   VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)`,
)
const insertarToken = statement<never, [hash: string, sesionId: string, now: number]>(
  'INSERT INTO refrescos (hash, sesion_id, creado_en) VALUES (?1, ?2, ?3)',
)
const porToken = statement<
  Omit<TokenGuardado, 'activo'> & { readonly activo: number; readonly rol: Rol },
  [hash: string]
>(
  `SELECT r.usado_en AS "usadoEn", r.semilla, s.id AS "sesionId", s.usuario_id AS "usuarioId",
     s.ultimo_uso_en AS "ultimoUsoEn", s.expira_en AS "expiraEn", s.cerrada_en AS "cerradaEn",
     u.rol, u.activo
   FROM refrescos r JOIN sesiones s ON s.id = r.sesion_id JOIN usuarios u ON u.id = s.usuario_id
   WHERE r.hash = ?1`,
)
const gastar = statement<never, [hash: string, now: number, semilla: string]>(
  'UPDATE refrescos SET usado_en = ?2, semilla = ?3 WHERE hash = ?1',
)
const usada = statement<never, [id: string, now: number, direccion: string | null]>(
  'UPDATE sesiones SET ultimo_uso_en = ?2, direccion = ?3 WHERE id = ?1',
)
const abiertas = statement<Sesion & { readonly cerradaEn: null }, [usuarioId: string]>(
  `SELECT id, dispositivo, direccion, creada_en AS "creadaEn", ultimo_uso_en AS "ultimoUsoEn",
     expira_en AS "expiraEn", cerrada_en AS "cerradaEn"
   FROM sesiones WHERE usuario_id = ?1 AND cerrada_en IS NULL ORDER BY id DESC`,
)
const direcciones = statement<{ direccion: string }, [emailClave: string]>(
  `SELECT direccion FROM sesiones
   WHERE usuario_id = (SELECT id FROM usuarios WHERE email_clave = ?1) AND direccion IS NOT NULL
   GROUP BY direccion ORDER BY max(id) DESC LIMIT 200`,
)
const purgar = statement<never, [now: number]>(
  'DELETE FROM sesiones WHERE id IN (SELECT id FROM sesiones WHERE expira_en < ?1 LIMIT 500)',
)

/** Ends the sessions of a user, all or all but one. */
export const cerrarSesionesDe = (usuarioId: string, now: number, salvo?: string) =>
  cerrarTodas.run(usuarioId, now, salvo ?? null)

/** What has become of a token that was used a moment ago, or the token itself. */
function* actualDe(presented: string, now: number) {
  let token = presented
  for (;;) {
    const row = yield* porToken.get(sha256(token))
    if (!row) return undefined
    const decision = decidirRenovacion({ ...row, activo: row.activo === 1 }, now)
    if (decision.tipo !== 'repetir') return { ...row, token, decision: decision.tipo }
    token = sucesor(token, decision.semilla)
  }
}

function* abiertasDe(usuarioId: string, now: number): Script<Sesion[]> {
  return (yield* abiertas.all(usuarioId)).filter((sesion) => sesionAbierta(sesion, now))
}

export function createSesionStore(engine: Engine): SesionStore {
  return {
    abrir: ({ id, usuarioId, dispositivo, direccion, tokenHash }, passwordHash, now, perdon) =>
      engine.write(function* () {
        const [propio] = yield* together(
          propietario.get(usuarioId, passwordHash),
          ...(perdon ? perdonarEn(perdon) : []),
        )
        if (!propio) return false
        const expiraEn = now + duracionMaximaMs
        yield* last(
          hacerSitio.run(usuarioId, now, sesionesMaximas - 1),
          insertar.run(id, usuarioId, dispositivo ?? null, direccion ?? null, now, expiraEn),
          insertarToken.run(tokenHash, id, now),
          apuntarPropio('login', { usuarioId, direccion, now }),
        )
        return true
      }),

    renovar: ({ token: presented, semilla, direccion, now }) =>
      engine.write(function* () {
        const actual = yield* actualDe(presented, now)
        if (!actual || actual.decision === 'invalido') return { tipo: 'invalido' } as const
        const { sesionId, usuarioId, rol, token } = actual
        if (actual.decision === 'reutilizado') {
          if (actual.cerradaEn === null) {
            yield* last(
              cerrarUna.run(sesionId, now),
              apuntarPropio('token-reutilizado', { usuarioId, direccion, now }),
            )
          }
          return { tipo: 'reutilizado', sesionId, usuarioId } as const
        }
        const renovada = { tipo: 'renovada', sesionId, usuarioId, rol } as const
        if (token !== presented) return { ...renovada, refreshToken: token }
        const refreshToken = sucesor(presented, semilla)
        yield* last(
          gastar.run(sha256(presented), now, semilla),
          insertarToken.run(sha256(refreshToken), sesionId, now),
          usada.run(sesionId, now, direccion ?? null),
          olvidarSemillas.run(now - repeticionMs),
        )
        return { ...renovada, refreshToken }
      }),

    cerrarPorToken: (hash, direccion, now) =>
      engine.write(function* () {
        const found = yield* porToken.get(hash)
        if (!found || found.cerradaEn !== null) return
        yield* last(
          cerrarUna.run(found.sesionId, now),
          apuntarPropio('logout', { usuarioId: found.usuarioId, direccion, now }),
        )
      }),

    abiertas: (usuarioId, now) => engine.read(() => abiertasDe(usuarioId, now)),

    cerrar: ({ usuarioId, id, direccion, now }) =>
      engine.write(function* () {
        const own = yield* abiertasDe(usuarioId, now)
        if (!own.some((sesion) => sesion.id === id)) return false
        yield* last(
          cerrarUna.run(id, now),
          apuntarPropio('sesion-cerrada', { usuarioId, direccion, now }),
        )
        return true
      }),

    direccionesDe: async (emailClave) =>
      (await engine.ask(direcciones.all(emailClave))).map(({ direccion }) => direccion),

    purgar: (now) =>
      engine.write(function* () {
        const [, gone] = yield* together(olvidarSemillas.run(now - repeticionMs), purgar.run(now))
        return gone
      }),
  }
}
