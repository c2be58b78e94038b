import { type Engine, type Script, statement } from '@encargo/storage'
import type { Escaso } from '../domain/redactar-aviso.ts'
import type { AvisoStore, BajasHalladas } from '../ports/avisos.ts'
import { deberAvisos } from './avisos.ts'

interface Fila {
  readonly id: string
}

export const sentencias = {
  anotadas: statement<Fila, []>(
    'SELECT producto_id AS id FROM existencias_avisadas ORDER BY producto_id',
  ),
  /** Answers those that were not noted before. */
  anotar: statement<Fila, [ids: string, ahora: number]>(
    `INSERT INTO existencias_avisadas (producto_id, en)
     SELECT value, ?2 FROM (SELECT value FROM json_each(?1)) ids WHERE true
     ON CONFLICT (producto_id) DO NOTHING RETURNING producto_id AS id`,
  ),
  olvidar: statement<never, [ids: string]>(
    'DELETE FROM existencias_avisadas WHERE producto_id IN (SELECT value FROM json_each(?1))',
  ),
  aviso: statement<{ readonly id: number }, [datos: string, ahora: number]>(
    `INSERT INTO avisos (id, tipo, para, datos, estado, intentos, creado_en)
     SELECT coalesce(max(id), 0) + 1, 'existencia-baja', 'personal', ?1, 'por-enviar', 0,
       CAST(?2 AS BIGINT) FROM avisos RETURNING id`,
  ),
}

function* avisar({ escasas, repuestas, ahora }: BajasHalladas): Script<void> {
  yield* sentencias.olvidar.run(JSON.stringify(repuestas))
  const ids = JSON.stringify(escasas.map(({ productoId }) => productoId))
  const anotadas = new Set((yield* sentencias.anotar.all(ids, ahora)).map(({ id }) => id))
  const nuevas: Escaso[] = escasas
    .filter(({ productoId }) => anotadas.has(productoId))
    .map(({ nombre, quedan }) => ({ nombre, quedan }))
  if (nuevas.length === 0) return
  const aviso = yield* sentencias.aviso.get(JSON.stringify(nuevas), ahora)
  if (aviso) yield* deberAvisos([aviso.id], ahora)
}

/** What is running out, as far as the staff was told of it. */
export const createBajas = (
  engine: Engine,
): Pick<AvisoStore, 'existenciasAvisadas' | 'avisarBajas'> => ({
  existenciasAvisadas: async () =>
    (await engine.ask(sentencias.anotadas.all())).map(({ id }) => id),
  avisarBajas: (bajas) => engine.write(() => avisar(bajas)),
})
