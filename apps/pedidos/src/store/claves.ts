import { idempotencyTtlMs } from '@encargo/service-kit/values/idempotency'
import { type Script, statement } from '@encargo/storage'
import type { Negativa } from '../domain/negativa.ts'
import type { Antecedentes, Clave, Respuesta } from '../ports/store.ts'
import { porNumero } from './lectura.ts'

interface Contestada {
  readonly huella: string
  readonly numero: number | null
  readonly negativa: string | null
}
interface Primero {
  readonly numero: number
  readonly sello: Uint8Array | null
  readonly creadoEn: number
}

/**
 * A purchase asks twice, and mostly there is nothing: one statement says so. One that joins the three
 * tables to say everything takes twenty times as long.
 */
export const algoDe = statement<
  { readonly n: number },
  [primerId: string, usuarioId: string, clave: string]
>(
  `SELECT 1 AS n WHERE EXISTS (SELECT 1 FROM pedidos WHERE id = ?1)
     OR EXISTS (SELECT 1 FROM descartes WHERE id = ?1)
     OR EXISTS (SELECT 1 FROM idempotencia WHERE usuario_id = ?2 AND clave = ?3)`,
)
const contestada = statement<Contestada, [usuarioId: string, clave: string, desde: number]>(
  `SELECT huella, numero, negativa FROM idempotencia
   WHERE usuario_id = ?1 AND clave = ?2 AND creada_en > ?3`,
)
const primero = statement<Primero, [id: string]>(
  'SELECT numero, sello, creado_en AS "creadoEn" FROM pedidos WHERE id = ?1',
)
const descartado = statement<{ readonly n: number }, [id: string]>(
  'SELECT 1 AS n FROM descartes WHERE id = ?1',
)
const anotar = statement<
  never,
  [
    usuarioId: string,
    clave: string,
    huella: string,
    numero: number | null,
    negativa: string | null,
    ahora: number,
  ]
>(
  `INSERT INTO idempotencia (usuario_id, clave, huella, numero, negativa, creada_en)
   VALUES (?1, ?2, ?3, ?4, ?5, ?6)
   ON CONFLICT (usuario_id, clave) DO UPDATE SET huella = excluded.huella,
     numero = excluded.numero, negativa = excluded.negativa, creada_en = excluded.creada_en`,
)

/**
 * What an order keeps of the request that made it. The key is in it and kept nowhere else, so
 * nobody who reads the database can try out what was asked for.
 */
export function selloDe({ clave, huella }: Clave): Buffer {
  return new Bun.CryptoHasher('sha256').update(JSON.stringify([clave, huella])).digest()
}

function* leer(numero: number) {
  const pedido = yield* porNumero(numero)
  if (!pedido) throw new Error('an idempotency key names an order that is not there')
  return pedido
}

/** The answer in a row of its own. */
function* anotada(
  { usuarioId, clave, huella }: Clave,
  vigenteDesde: number,
): Script<Respuesta | undefined> {
  const fila = yield* contestada.get(usuarioId, clave, vigenteDesde)
  if (!fila) return undefined
  const { numero, negativa } = fila
  const misma = fila.huella === huella
  if (numero !== null) return { tipo: 'pedido', misma, pedido: yield* leer(numero) }
  // Written by `contestar` below, from a Negativa; a CHECK wants one of the two.
  return { tipo: 'negativa', misma, negativa: JSON.parse(negativa ?? '') as Negativa }
}

export const sinAntecedentes: Antecedentes = { respuesta: undefined, primerIdUsado: false }

// The order that a key made is found by its id, which follows from the key; a row of its own is only
// written for a refusal, and for the rare order of a later attempt.

/** What is on record of a key; for who has found by `algoDe` that there is something, or can wait. */
export function* antecedentesDe(clave: Clave, ahora: number): Script<Antecedentes> {
  const { primerId } = clave
  const vigenteDesde = ahora - idempotencyTtlMs
  const hecho = yield* primero.get(primerId)
  const respuesta = yield* anotada(clave, vigenteDesde)
  if (respuesta) return { respuesta, primerIdUsado: hecho !== undefined }
  if (!hecho) {
    const primerIdUsado = (yield* descartado.get(primerId)) !== undefined
    return { respuesta, primerIdUsado }
  }
  const { numero, sello, creadoEn } = hecho
  if (sello === null || creadoEn <= vigenteDesde) return { respuesta, primerIdUsado: true }
  const misma = selloDe(clave).equals(sello)
  const pedido = yield* leer(numero)
  return { respuesta: { tipo: 'pedido', misma, pedido }, primerIdUsado: true }
}

/** Keeps the first answer to a key. */
export function* contestar(
  { usuarioId, clave, huella }: Clave,
  answer: { readonly numero: number } | { readonly negativa: Negativa },
  ahora: number,
): Script<void> {
  const numero = 'numero' in answer ? answer.numero : null
  const negativa = 'negativa' in answer ? JSON.stringify(answer.negativa) : null
  yield* anotar.run(usuarioId, clave, huella, numero, negativa, ahora)
}
