import type { Storage } from '@encargo/storage'
import type { Corrida } from '../domain/corrida.ts'
import { type CausaFallo, type Proposito, sistema } from '../domain/pedido.ts'
import type { EnMarcha, Espera, Fallo, Final, Propuesta, ProrrogaPedido } from '../ports/store.ts'
import type { PedidosSchema } from './sqlite/tables.ts'

type Client = Storage<PedidosSchema>['client']

interface FilaMarcha {
  numero: number
  id: string
  proposito: Proposito
  actor: string
  motivo: string | null
  desde: number
  intentos: number
  ultimoError: CausaFallo | null
}

// `INDEXED BY`: without statistics SQLite would rather walk through all Pendiente orders. A statement
// whose index can't serve it is refused when it is prepared, at start.

function prepare(client: Client) {
  return {
    proponer: client.prepare(
      `UPDATE pedidos SET intencion = ?, intencion_actor = ?, intencion_motivo = ?,
         intencion_desde = ?, proximo_intento_en = ?
       WHERE numero = ? AND estado = 'Pendiente' AND intencion IS NULL`,
    ),
    terminar: client.prepare(
      `UPDATE pedidos SET estado = ?1, motivo = ?2, version = version + 1,
         intencion = NULL, intencion_actor = NULL, intencion_motivo = NULL, intencion_desde = NULL,
         intentos = 0, proximo_intento_en = NULL, ultimo_error = NULL,
         actualizado_en = max(?3, creado_en)
       WHERE numero = ?4 AND estado = 'Pendiente' AND intencion = ?5`,
    ),
    prorrogar: client.prepare(
      `UPDATE pedidos SET expira_en = ?1, version = version + 1,
         actualizado_en = max(?2, creado_en)
       WHERE numero = ?3 AND estado = 'Pendiente' AND intencion IS NULL AND expira_en < ?1`,
    ),
    evento: client.prepare(
      'INSERT INTO pedido_eventos (numero, estado, motivo, actor, en) VALUES (?, ?, ?, ?, ?)',
    ),
    fallo: client.prepare(
      `UPDATE pedidos SET intentos = intentos + 1, proximo_intento_en = ?, ultimo_error = ?
       WHERE numero = ? AND intencion = ?`,
    ),
    ultimaCorrida: client.prepare<
      { orden: number; operacion: string; resultado: string },
      [number]
    >(
      `SELECT orden, operacion, resultado FROM pedido_corridas
       WHERE numero = ? ORDER BY orden DESC LIMIT 1`,
    ),
    repetirCorrida: client.prepare(
      'UPDATE pedido_corridas SET veces = veces + 1, hasta = ? WHERE numero = ? AND orden = ?',
    ),
    corrida: client.prepare(
      `INSERT INTO pedido_corridas
         (numero, orden, operacion, actor, traza, resultado, en, duracion_us, pasos, veces, hasta)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?7)`,
    ),
    vencidos: client.prepare<{ numero: number }, [number, number]>(
      `SELECT numero FROM pedidos INDEXED BY pedidos_por_vencer
       WHERE "estado" = 'Pendiente' AND "intencion" IS NULL AND expira_en <= ?
       ORDER BY expira_en LIMIT ?`,
    ),
    pendientes: client.prepare<FilaMarcha, [number, number]>(
      `SELECT numero, id, intencion AS proposito, intencion_actor AS actor,
         intencion_motivo AS motivo, intencion_desde AS desde, intentos,
         ultimo_error AS ultimoError
       FROM pedidos INDEXED BY pedidos_con_intencion
       WHERE "intencion" IS NOT NULL AND proximo_intento_en <= ?
       ORDER BY proximo_intento_en LIMIT ?`,
    ),
    espera: client.prepare<{ proposito: Proposito; cuantos: number; desde: number }, []>(
      `SELECT intencion AS proposito, count(*) AS cuantos, min(intencion_desde) AS desde
       FROM pedidos INDEXED BY pedidos_con_intencion
       WHERE "intencion" IS NOT NULL GROUP BY intencion`,
    ),
    ultimoError: client.prepare<{ ultimoError: CausaFallo }, []>(
      `SELECT ultimo_error AS ultimoError FROM pedidos INDEXED BY pedidos_con_intencion
       WHERE "intencion" IS NOT NULL AND ultimo_error IS NOT NULL
       ORDER BY proximo_intento_en DESC LIMIT 1`,
    ),
    borrado: client.prepare<{ n: number }, [number]>(
      `SELECT 1 AS n FROM pedidos p JOIN clientes_borrados b ON b.id = p.cliente_id
       WHERE p.numero = ?`,
    ),
    porBorrar: client.prepare<{ cuantos: number; desde: number | null }, []>(
      `SELECT count(*) AS cuantos, min(anotado_en) AS desde
       FROM clientes_borrados INDEXED BY clientes_por_borrar WHERE "terminado_en" IS NULL`,
    ),
    descartes: client.prepare<{ cuantos: number; desde: number | null }, []>(
      `SELECT count(*) AS cuantos, min(desde) AS desde
       FROM descartes INDEXED BY descartes_por_liberar WHERE "cerrado_en" IS NULL`,
    ),
  }
}

/** Orders on their way from Pendiente to their end. */
export function createMarcha(storage: Storage<PedidosSchema>) {
  const statements = prepare(storage.client)

  /** One row a run; a failure like the one before it only counts. */
  function anotar(numero: number, corrida: Corrida, repetible: boolean): void {
    const { operacion, actor, traza, resultado, en, us, pasos } = corrida
    const ultima = statements.ultimaCorrida.get(numero)
    if (repetible && ultima?.operacion === operacion && ultima.resultado === resultado) {
      statements.repetirCorrida.run(en, numero, ultima.orden)
      return
    }
    const orden = (ultima?.orden ?? 0) + 1
    const texto = JSON.stringify(pasos)
    statements.corrida.run(numero, orden, operacion, actor, traza, resultado, en, us, texto)
  }

  /** What somebody wrote of an erased customer's order is not kept, even if it comes late. */
  function guardable(numero: number, motivo: string | null, actor: string): string | null {
    if (motivo === null || actor === sistema) return motivo
    return statements.borrado.get(numero) ? null : motivo
  }

  function proponer({
    numero,
    proposito,
    actor,
    motivo,
    ahora,
    proximoIntentoEn,
  }: Propuesta): boolean {
    const { changes } = statements.proponer.run(
      proposito,
      actor,
      guardable(numero, motivo, actor),
      ahora,
      proximoIntentoEn,
      numero,
    )
    return changes === 1
  }

  function terminar(final: Final): boolean {
    const { numero, proposito, estado, actor, ahora, corrida } = final
    const motivo = guardable(numero, final.motivo, actor)
    const { changes } = statements.terminar.run(estado, motivo, ahora, numero, proposito)
    if (changes === 0) return false
    statements.evento.run(numero, estado, motivo, actor, ahora)
    anotar(numero, corrida, false)
    return true
  }

  function prorrogar({ numero, expiraEn, ahora, corrida }: ProrrogaPedido): boolean {
    const { changes } = statements.prorrogar.run(expiraEn, ahora, numero)
    if (changes === 1) anotar(numero, corrida, false)
    return changes === 1
  }

  function anotarFallo({ numero, proposito, causa, proximoIntentoEn, corrida }: Fallo): void {
    const { changes } = statements.fallo.run(proximoIntentoEn, causa, numero, proposito)
    if (changes === 1) anotar(numero, corrida, true)
  }

  function vencer(ahora: number, limite: number): number {
    const vencidos = statements.vencidos.all(ahora, limite)
    for (const { numero } of vencidos) {
      statements.proponer.run('expirar', sistema, null, ahora, ahora, numero)
    }
    return vencidos.length
  }

  function espera(): Espera {
    const intenciones = { completar: 0, cancelar: 0, expirar: 0 }
    let desde = Number.POSITIVE_INFINITY
    for (const fila of statements.espera.all()) {
      intenciones[fila.proposito] = fila.cuantos
      desde = Math.min(desde, fila.desde)
    }
    const descartes = statements.descartes.get()
    const borrados = statements.porBorrar.get()
    desde = Math.min(desde, descartes?.desde ?? desde, borrados?.desde ?? desde)
    return {
      intenciones,
      porLiberar: descartes?.cuantos ?? 0,
      porBorrar: borrados?.cuantos ?? 0,
      desde: Number.isFinite(desde) ? desde : null,
      ultimoError: statements.ultimoError.get()?.ultimoError ?? null,
    }
  }

  return {
    espera,
    proponer: (propuesta: Propuesta) => storage.write(() => proponer(propuesta)),
    terminar: (final: Final) => storage.write(() => terminar(final)),
    prorrogar: (prorroga: ProrrogaPedido) => storage.write(() => prorrogar(prorroga)),
    anotarFallo: (fallo: Fallo) => storage.write(() => anotarFallo(fallo)),
    // Looked at first: an idle service must not write once a second.
    async vencer(ahora: number, limite: number) {
      if (!statements.vencidos.get(ahora, 1)) return 0
      return await storage.write(() => vencer(ahora, limite))
    },
    conIntencion(hasta: number, limite: number): EnMarcha[] {
      return statements.pendientes
        .all(hasta, limite)
        .map(({ numero, id, ...intencion }) => ({ numero, id, intencion }))
    },
  }
}
