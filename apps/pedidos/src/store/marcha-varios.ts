import { type Asked, last, type Script, statement } from '@encargo/storage'
import { sistema } from '../domain/pedido.ts'
import type { Final, Propuesta } from '../ports/store.ts'

// Purposes and ends of many orders in one statement, on PostgreSQL alone.

interface Hecho {
  /** The place of what was done among what was asked for. */
  readonly n: number
}

/** What somebody wrote of an erased customer's order is not kept, even if it comes late. */
const guardable = `CASE WHEN s.actor <> '${sistema}' AND s.motivo IS NOT NULL
    AND EXISTS (SELECT 1 FROM clientes_borrados b WHERE b.id = p.cliente_id) THEN NULL ELSE s.motivo END`

// By none of the indexes of what waits: those that are asked for are found by their numbers.
const pendiente = `p.estado || '' = 'Pendiente'`
const suProposito = `coalesce(p.intencion, '') = s.proposito`

export const proponer = statement<Hecho, [propuestas: string]>(
  `UPDATE pedidos p SET intencion = s.proposito, intencion_actor = s.actor, intencion_motivo = ${guardable},
     intencion_desde = s.ahora, proximo_intento_en = s."proximaEn"
   FROM jsonb_to_recordset(?1::text::jsonb) AS s (n bigint, numero bigint, proposito text, actor text,
     motivo text, ahora bigint, "proximaEn" bigint)
   WHERE p.numero = s.numero AND ${pendiente} AND p.intencion IS NULL RETURNING s.n`,
)

export const terminar = statement<Hecho, [finales: string]>(
  `WITH s AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(?1::text::jsonb) AS s (
     n bigint, numero bigint, proposito text, estado text, actor text, motivo text, ahora bigint,
     corrida jsonb)),
   f AS (UPDATE pedidos p SET estado = s.estado, motivo = ${guardable}, version = p.version + 1,
       intencion = NULL, intencion_actor = NULL, intencion_motivo = NULL, intencion_desde = NULL,
       intentos = 0, proximo_intento_en = NULL, ultimo_error = NULL,
       actualizado_en = greatest(s.ahora, p.creado_en)
     FROM s WHERE p.numero = s.numero AND ${pendiente} AND ${suProposito}
     RETURNING s.n, p.numero, p.cliente_id, p.estado, p.motivo, s.actor, p.actualizado_en, s.corrida),
   u AS (DELETE FROM cupon_usos u USING f
       CROSS JOIN LATERAL (SELECT cupon FROM pedido_condiciones c WHERE c.numero = f.numero OFFSET 0) c
     WHERE f.estado = 'Cancelado' AND u.codigo = c.cupon AND u.cliente_id = f.cliente_id
       AND u.numero = f.numero RETURNING u.codigo),
   v AS (UPDATE cupones c SET usados = c.usados - d.usos
     FROM (SELECT codigo, count(*) AS usos FROM u GROUP BY codigo) d WHERE c.codigo = d.codigo),
   e AS (INSERT INTO pedido_eventos (secuencia, numero, estado, motivo, actor, en)
     SELECT (SELECT coalesce(max(secuencia), 0) FROM pedido_eventos) + row_number() OVER (ORDER BY n),
       numero, estado, motivo, actor, actualizado_en FROM f),
   c AS (INSERT INTO pedido_corridas
       (numero, orden, operacion, actor, traza, resultado, en, duracion_us, pasos, veces, hasta)
     SELECT f.numero, 1 + coalesce(
         (SELECT max(orden) FROM pedido_corridas c WHERE c.numero = f.numero), 0),
       c.operacion, c.actor, c.traza, c.resultado, c.en, c.us, c.pasos, 1, c.en
     FROM f, jsonb_to_record(f.corrida) AS c (
       operacion text, actor text, traza text, resultado text, en bigint, us bigint, pasos text))
   SELECT n FROM f`,
)

/** Of those that ask the same of an order only the first can bring it about. */
function* pedir<Q>(
  todos: readonly Q[],
  que: (uno: Q) => string,
  hacer: (primeros: readonly (Q & Hecho)[]) => Asked<readonly Hecho[]>,
): Script<readonly (() => boolean)[]> {
  const primeros = new Map<string, Q & Hecho>()
  for (const [n, uno] of todos.entries()) {
    if (!primeros.has(que(uno))) primeros.set(que(uno), { ...uno, n })
  }
  const [filas] = yield* last(hacer([...primeros.values()]))
  const hechos = new Set(filas.map(({ n }) => n))
  return todos.map((_, n) => () => hechos.has(n))
}

/** Whether each order got its purpose: whatever it got first, no other has a chance. */
export const proponerVarios = (propuestas: readonly Propuesta[]) =>
  pedir(
    propuestas,
    ({ numero }) => `${numero}`,
    (primeras) => proponer.all(JSON.stringify(primeras)),
  )

/** Whether each end was the order's: it has one purpose, so that no two ends can be its own. */
export const terminarVarios = (finales: readonly Final[]) =>
  pedir(
    finales,
    ({ numero, proposito }) => `${numero} ${proposito}`,
    (primeros) => {
      const filas = primeros.map(({ corrida, ...final }) => {
        return { ...final, corrida: { ...corrida, pasos: JSON.stringify(corrida.pasos) } }
      })
      return terminar.all(JSON.stringify(filas))
    },
  )
