import { idempotencyTtlMs } from '@encargo/service-kit/values/idempotency'
import type { Storage } from '@encargo/storage'
import type { Negativa } from '../domain/compra.ts'
import { type IdDeClave, idsDeClaves } from '../domain/identidad-pedido.ts'
import type { Lectura } from './lectura.ts'
import type { Antecedentes, Clave, Respuesta } from '../ports/store.ts'
import type { PedidosSchema } from './sqlite/tables.ts'

type Client = Storage<PedidosSchema>['client']

/**
 * A purchase asks twice, and mostly there is nothing: one statement says so. One that joins the three
 * tables to say everything takes twenty times as long.
 */
function prepare(client: Client) {
  return {
    algo: client.prepare<{ n: number }, [string, string, string]>(
      `SELECT 1 AS n WHERE EXISTS (SELECT 1 FROM pedidos WHERE id = ?1)
         OR EXISTS (SELECT 1 FROM descartes WHERE id = ?1)
         OR EXISTS (SELECT 1 FROM idempotencia WHERE usuario_id = ?2 AND clave = ?3)`,
    ),
    contestada: client.prepare<
      { huella: string; numero: number | null; negativa: string | null },
      [string, string, number]
    >(
      `SELECT huella, numero, negativa FROM idempotencia
       WHERE usuario_id = ? AND clave = ? AND creada_en > ?`,
    ),
    primero: client.prepare<
      { numero: number; sello: Uint8Array | null; creadoEn: number },
      [string]
    >('SELECT numero, sello, creado_en AS creadoEn FROM pedidos WHERE id = ?'),
    descartado: client.prepare<{ n: number }, [string]>(
      'SELECT 1 AS n FROM descartes WHERE id = ?',
    ),
    contestar: client.prepare(
      `INSERT INTO idempotencia (usuario_id, clave, huella, numero, negativa, creada_en)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (usuario_id, clave) DO UPDATE SET huella = excluded.huella,
         numero = excluded.numero, negativa = excluded.negativa, creada_en = excluded.creada_en`,
    ),
  }
}

/**
 * The ids that this database's keys stand for. It says as of when those that tell their moment give ids
 * that begin with it. One that had orders before there were such ids says a day later than that: no key
 * is left then that may have been used without.
 */
export function idsDeEstaBase(client: Client): IdDeClave {
  const desde = client
    .query<{ ms: number }, []>(
      `SELECT CAST(valor AS INTEGER) AS ms FROM marcas WHERE nombre = 'ids-ordenados-desde'`,
    )
    .get()
  return idsDeClaves(desde?.ms ?? 0)
}

const nada: Antecedentes = { respuesta: null, primerIdUsado: false }

/**
 * What an order keeps of the request that made it. The key is in it and kept nowhere else, so
 * nobody who reads the database can try out what was asked for.
 */
export function selloDe({ clave, huella }: Clave): Buffer {
  return new Bun.CryptoHasher('sha256').update(JSON.stringify([clave, huella])).digest()
}

/**
 * The first answers to idempotency keys. The order that a key made is found by its id, which
 * follows from the key; a row of its own is only written for a refusal, and for the rare order of
 * a later attempt.
 */
export function createClaves(client: Client, lectura: Lectura) {
  const statements = prepare(client)

  function leer(numero: number) {
    const pedido = lectura.porNumero(numero)
    if (!pedido) throw new Error('an idempotency key names an order that is not there')
    return pedido
  }

  /** The answer in a row of its own. */
  function anotada({ usuarioId, clave, huella }: Clave, vigenteDesde: number): Respuesta | null {
    const fila = statements.contestada.get(usuarioId, clave, vigenteDesde)
    if (!fila) return null
    const { numero, negativa } = fila
    const misma = fila.huella === huella
    if (numero !== null) return { tipo: 'pedido', misma, pedido: leer(numero) }
    // Written by `contestar` below, from a Negativa; a CHECK wants one of the two.
    return { tipo: 'negativa', misma, negativa: JSON.parse(negativa ?? '') as Negativa }
  }

  return {
    idDeClave: idsDeEstaBase(client),
    antecedentes(clave: Clave, ahora: number): Antecedentes {
      const { usuarioId, primerId } = clave
      if (!statements.algo.get(primerId, usuarioId, clave.clave)) return nada
      const vigenteDesde = ahora - idempotencyTtlMs
      const primero = statements.primero.get(primerId)
      const respuesta = anotada(clave, vigenteDesde)
      if (respuesta) return { respuesta, primerIdUsado: primero !== null }
      if (!primero) {
        const primerIdUsado = statements.descartado.get(primerId) !== null
        return { respuesta: null, primerIdUsado }
      }
      const { numero, sello, creadoEn } = primero
      if (sello === null || creadoEn <= vigenteDesde)
        return { respuesta: null, primerIdUsado: true }
      const misma = selloDe(clave).equals(sello)
      const repetida: Respuesta = { tipo: 'pedido', misma, pedido: leer(numero) }
      return { respuesta: repetida, primerIdUsado: true }
    },
    contestar(
      { usuarioId, clave, huella }: Clave,
      answer: { numero: number } | { negativa: Negativa },
      ahora: number,
    ) {
      const numero = 'numero' in answer ? answer.numero : null
      const negativa = 'negativa' in answer ? JSON.stringify(answer.negativa) : null
      statements.contestar.run(usuarioId, clave, huella, numero, negativa, ahora)
    },
  }
}
