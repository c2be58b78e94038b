import { type Asked, type Engine, list, type Script, statement } from '@encargo/storage'
import type { CorreoDebido, CorreoVisto, NuevoCorreo, TipoCorreo } from '../domain/correo.ts'
import type { CorreoStore, ResumenCorreos } from '../ports/correos.ts'

/**
 * How long a mail is left to the process that took it, where others send as well, in milliseconds: longer
 * than one may take, and that by more than a minute, so that it is another's only after a death, though
 * clocks differ.
 */
const apartadoMs = 120_000
/** How long it can be seen what became of a mail, in milliseconds. */
const keptMs = 30 * 24 * 60 * 60 * 1000

const olvidar = statement<never, [usuarioId: string]>(
  "DELETE FROM correos WHERE usuario_id = ?1 AND estado = 'pendiente'",
)
const olvidarTipo = statement<never, [usuarioId: string, tipo: string]>(
  "DELETE FROM correos WHERE usuario_id = ?1 AND estado = 'pendiente' AND tipo = ?2",
)
const insertar = statement<
  never,
  [id: string, tipo: string, usuarioId: string, token: string, creadoEn: number, caducaEn: number]
>(
  `INSERT INTO correos (id, tipo, usuario_id, token, estado, creado_en, caduca_en, proximo_en)
   VALUES (?1, ?2, ?3, ?4, 'pendiente', ?5, ?6, ?5)`,
)
// What is owed has its token, and whoever it is owed to has an address: checks of the tables.
const siguiente = statement<CorreoDebido, [now: number]>(
  `SELECT c.id, c.tipo, c.usuario_id AS "usuarioId", c.token, u.email, c.creado_en AS "creadoEn",
     c.caduca_en AS "caducaEn", c.intentos
   FROM correos c JOIN usuarios u ON u.id = c.usuario_id
   WHERE c.estado = 'pendiente' AND c.proximo_en <= ?1 ORDER BY c.proximo_en LIMIT 1`,
)
const apartar = statement<never, [id: string, hasta: number]>(
  'UPDATE correos SET proximo_en = ?2 WHERE id = ?1',
)
const proximo = statement<{ en: number | null }, []>(
  "SELECT min(proximo_en) AS en FROM correos WHERE estado = 'pendiente'",
)
const anotar = statement<
  never,
  [id: string, estado: string, fallo: string | null, proximoEn: number | null, now: number]
>(
  `UPDATE correos SET estado = ?2, fallo = ?3, proximo_en = ?4, intentos = intentos + 1,
     token = CASE WHEN ?2 = 'pendiente' THEN token END,
     terminado_en = CASE WHEN ?2 = 'pendiente' THEN NULL ELSE ?5 END
   WHERE id = ?1 AND estado = 'pendiente'`,
)
const resumen = statement<ResumenCorreos, []>(
  `SELECT count(*) AS pendientes, min(creado_en) AS desde,
     (SELECT count(*) FROM correos WHERE estado = 'abandonado') AS abandonados
   FROM correos WHERE estado = 'pendiente'`,
)
const lista = list<CorreoVisto>(
  `SELECT id, tipo, usuario_id AS "usuarioId", estado, intentos, fallo, creado_en AS "creadoEn",
     proximo_en AS "proximoEn", terminado_en AS "terminadoEn" FROM correos`,
  'ORDER BY id DESC LIMIT ?',
)
const purgar = statement<never, [antesDe: number]>(
  'DELETE FROM correos WHERE id IN (SELECT id FROM correos WHERE terminado_en < ?1 LIMIT 500)',
)

/** Forgets mails that are no use any more: those of a kind, or all that are owed to somebody. */
export const olvidarCorreos = (usuarioId: string, tipo?: TipoCorreo) =>
  tipo === undefined ? olvidar.run(usuarioId) : olvidarTipo.run(usuarioId, tipo)

/** Owes a mail within the write that it follows from; it takes the place of an older one of its kind. */
export const deberCorreo = ({
  id,
  tipo,
  usuarioId,
  token,
  creadoEn,
  caducaEn,
}: NuevoCorreo): readonly Asked<number>[] => [
  olvidarCorreos(usuarioId, tipo),
  insertar.run(id, tipo, usuarioId, token, creadoEn, caducaEn),
]

/** Takes the next one from all others who send. */
function* tomar(now: number): Script<CorreoDebido | undefined> {
  const correo = yield* siguiente.get(now)
  if (correo) yield* apartar.run(correo.id, now + apartadoMs)
  return correo
}

export function createCorreoStore(engine: Engine): CorreoStore {
  return {
    async siguiente(now) {
      const seen = await engine.ask(siguiente.get(now))
      return seen && engine.shared ? await engine.write(() => tomar(now)) : seen
    },
    proximoEn: async () => (await engine.ask(proximo.get()))?.en ?? undefined,
    anotar: (id, resultado, now) =>
      engine.write(function* () {
        const { tipo } = resultado
        const fallo = tipo === 'enviado' ? null : resultado.fallo
        yield* anotar.run(id, tipo, fallo, tipo === 'pendiente' ? resultado.proximoEn : null, now)
      }),
    async resumen() {
      const row = await engine.ask(resumen.get())
      if (!row) throw new Error('a count has no row')
      return row
    },
    listar: ({ estado, antesDe, limite }) =>
      engine.ask(
        lista(
          [
            estado === undefined ? undefined : ['estado = ?', estado],
            antesDe === undefined ? undefined : ['id < ?', antesDe],
          ],
          limite + 1,
        ),
      ),
    purgar: (now) => engine.write(() => purgar.run(now - keptMs)),
  }
}
