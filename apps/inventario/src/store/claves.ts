import type { Database } from 'bun:sqlite'
import { idempotencyTtlMs } from '@encargo/service-kit/values/idempotency'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { Clave, PeticionCambio, RespuestaCambio, ResultadoCambio } from '../ports.ts'

const Guardado = Type.Union([
  Type.Object({
    resultado: Type.Literal('hecho'),
    existencia: Type.Object({
      productoId: Type.String(),
      fisico: Type.Integer(),
      reservado: Type.Integer(),
      // Answers of a day ago may not have it.
      faltan: Type.Integer({ default: 0 }),
      umbralMinimo: Type.Integer(),
      version: Type.Integer(),
      actualizadoEn: Type.Integer(),
    }),
  }),
  Type.Object({ resultado: Type.Literal('no-encontrado') }),
  Type.Object({ resultado: Type.Literal('version-distinta'), version: Type.Integer() }),
  Type.Object({
    resultado: Type.Literal('stock-insuficiente'),
    faltante: Type.Object({
      productoId: Type.String(),
      solicitado: Type.Integer(),
      disponible: Type.Integer(),
    }),
  }),
  Type.Object({ resultado: Type.Literal('fuera-de-limite') }),
  Type.Object({ resultado: Type.Literal('libro-distinto') }),
])

interface Row {
  huella: string
  resultado: string
}

/**
 * The first answers to idempotency keys. Each is written in the transaction of its effect, and
 * writes run one after the other, so a key is either unknown or answered: never in between.
 */
export function createClaves(client: Database) {
  const find = client.prepare<Row, [usuarioId: string, clave: string, since: number]>(
    `SELECT huella, resultado FROM idempotencia
     WHERE usuario_id = ? AND clave = ? AND creada_en > ?`,
  )
  // One whose time has run out may still lie there.
  const save = client.prepare<never, [string, string, string, string, number]>(
    `INSERT OR REPLACE INTO idempotencia (usuario_id, clave, huella, resultado, creada_en)
     VALUES (?, ?, ?, ?, ?)`,
  )
  const old = client.prepare<{ rowid: number }, [until: number]>(
    'SELECT rowid FROM idempotencia WHERE creada_en <= ? LIMIT 1',
  )
  const forget = client.prepare<never, [until: number, limite: number]>(
    `DELETE FROM idempotencia WHERE rowid IN
       (SELECT rowid FROM idempotencia WHERE creada_en <= ? ORDER BY creada_en LIMIT ?)`,
  )

  function answer(
    { usuarioId, ahora }: PeticionCambio,
    { clave, huella }: Clave,
    work: () => ResultadoCambio,
  ): RespuestaCambio {
    const first = find.get(usuarioId, clave, ahora - idempotencyTtlMs)
    if (first && first.huella !== huella) return { clave: 'distinta' }
    if (first) {
      return { clave: 'repetida', respuesta: Value.Parse(Guardado, JSON.parse(first.resultado)) }
    }
    const respuesta = work()
    save.run(usuarioId, clave, huella, JSON.stringify(respuesta), ahora)
    return { clave: 'primera', respuesta }
  }

  return {
    /** Runs `work` unless the key has its answer; in both cases the answer to give. */
    unaVez(peticion: PeticionCambio, work: () => ResultadoCambio): RespuestaCambio {
      const { clave } = peticion
      return clave ? answer(peticion, clave, work) : { clave: 'primera', respuesta: work() }
    },
    /** The first answer to a key as it was kept, while it is kept. */
    primera: (usuarioId: string, clave: string, ahora: number): Row | null =>
      find.get(usuarioId, clave, ahora - idempotencyTtlMs),
    /** Keeps the first answer, in the transaction of its effect. */
    guardar(usuarioId: string, { clave, huella }: Clave, respuesta: unknown, ahora: number): void {
      save.run(usuarioId, clave, huella, JSON.stringify(respuesta), ahora)
    },
    hayViejas: (ahora: number): boolean => old.get(ahora - idempotencyTtlMs) !== null,
    olvidar: (ahora: number, limite: number): number =>
      forget.run(ahora - idempotencyTtlMs, limite).changes,
  }
}
