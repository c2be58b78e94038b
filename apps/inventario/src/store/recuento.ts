import type { Database } from 'bun:sqlite'
import { crashAround } from '@encargo/service-kit/run/crash-points'
import { AccionImportacion, resumenImportacion } from '@encargo/csv/informe'
import { filaPorFila, siSeDeshace } from '@encargo/csv/todo-o-nada'
import { resumenVacio } from '@encargo/csv/cuenta'
import { inTurns, type Steps } from '@encargo/storage'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { contadoDe, type Existencia } from '../domain/existencia.ts'
import {
  type ActualRecuento,
  decidirRecuento,
  type DecisionRecuento,
  type FilaRecontada,
  type FilaRecuento,
  type Recontado,
  type Recuento,
  type RecuentoStore,
  type RespuestaRecuento,
} from '../domain/recuento.ts'
import { createClaves } from './claves.ts'
import { createLibro, type Libro, motivoDeRecuento } from './libro.ts'
import type { InventarioStorage } from './sqlite/open.ts'

const motivoPorDefecto = 'Importación de un archivo'

function prepare(client: Database) {
  return {
    find: client.prepare<ActualRecuento, [productoId: string]>(
      `SELECT producto_id AS productoId, fisico, reservado, faltan, umbral_minimo AS umbralMinimo, version,
         actualizado_en AS actualizadoEn,
         coalesce((SELECT max(secuencia) FROM movimientos AS m WHERE m.producto_id = e.producto_id), 0)
           AS libro
       FROM existencias AS e WHERE producto_id = ?`,
    ),
    insert: client.prepare<never, [string, number, number, number]>(
      `INSERT INTO existencias
         (producto_id, fisico, reservado, umbral_minimo, version, actualizado_en)
       VALUES (?, ?, 0, ?, 1, ?)`,
    ),
    update: client.prepare<
      never,
      [variacion: number, faltan: number, umbral: number, number, string]
    >(
      `UPDATE existencias SET fisico = fisico + ?, faltan = ?, umbral_minimo = ?, version = version + 1,
         actualizado_en = ? WHERE producto_id = ?`,
    ),
  }
}

/** One row after the other, on the connection of the transaction that it is in. */
class Recontador {
  readonly #recuento: Recuento
  readonly #statements
  readonly #libro: Libro

  constructor(client: Database, newId: () => string, recuento: Recuento) {
    this.#recuento = recuento
    this.#statements = prepare(client)
    this.#libro = createLibro(client, newId)
  }

  pasos(escribir: boolean): Steps<Recontado> {
    return filaPorFila(this.#recuento, escribir, (fila, escribirla) => {
      const actual = this.#statements.find.get(fila.productoId)
      const decision = decidirRecuento(actual, fila, this.#recuento.omitirConflictos)
      if (decision.accion === 'error') {
        this.#recuento.errores.anotar(fila.fila, decision.columna, decision.reparo)
        return 'erronea'
      }
      if (escribirla) this.#escribir(actual, fila, decision)
      return vista(actual, fila, decision)
    })
  }

  #escribir(actual: Existencia | null, fila: FilaRecuento, decision: DecisionRecuento): void {
    const { ahora } = this.#recuento
    const { productoId } = fila
    if (decision.accion === 'crear') {
      const { fisico, umbralMinimo } = decision
      this.#statements.insert.run(productoId, fisico, umbralMinimo, ahora)
      if (fisico > 0) this.#anotar(fila, fisico, fisico, 0)
    }
    if (decision.accion === 'actualizar' && actual) {
      const { variacion, faltan, umbralMinimo } = decision
      this.#statements.update.run(variacion, faltan, umbralMinimo, ahora, productoId)
      const fisico = actual.fisico + variacion
      if (variacion !== 0 || faltan !== actual.faltan) this.#anotar(fila, variacion, fisico, faltan)
    }
  }

  #anotar(
    { productoId, motivo }: FilaRecuento,
    cantidad: number,
    fisicoResultante: number,
    faltan: number,
  ): void {
    this.#libro.anotar({
      productoId,
      tipo: 'AJUSTE',
      cantidad,
      fisicoResultante,
      motivo: motivoDeRecuento(motivo ?? motivoPorDefecto, fisicoResultante, faltan),
      pedidoId: null,
      usuarioId: this.#recuento.usuarioId,
      creadoEn: this.#recuento.ahora,
    })
  }
}

type Hecha = Exclude<DecisionRecuento, { accion: 'error' }>

function vista(actual: Existencia | null, fila: FilaRecuento, decision: Hecha): FilaRecontada {
  const { accion } = decision
  const antes = actual && contadoDe(actual)
  const { productoId, sku } = fila
  const comun = { fila: fila.fila, productoId, sku, accion, antes }
  if (accion === 'crear') return { ...comun, despues: decision.fisico }
  if (accion === 'igual' || !actual) return { ...comun, despues: antes ?? 0 }
  const { variacion, faltan } = decision
  const despues = contadoDe({ fisico: actual.fisico + variacion, faltan })
  const hecha = { ...comun, despues, ...(faltan === 0 ? {} : { faltan }) }
  if (decision.umbralMinimo === actual.umbralMinimo) {
    return hecha
  }
  return { ...hecha, umbral: { antes: actual.umbralMinimo, despues: decision.umbralMinimo } }
}

const entero = Type.Integer()
const Guardado = resumenImportacion(
  Type.Object({
    fila: entero,
    productoId: Type.String(),
    sku: Type.Union([Type.String(), Type.Null()]),
    accion: AccionImportacion,
    antes: Type.Union([entero, Type.Null()]),
    despues: entero,
    faltan: Type.Optional(entero),
    umbral: Type.Optional(Type.Object({ antes: entero, despues: entero })),
  }),
)

/** The import, unless its key has its answer already. All of it in the transaction of `client`. */
function* unaVez(
  client: Database,
  newId: () => string,
  recuento: Recuento,
): Steps<RespuestaRecuento> {
  const { clave, usuarioId, ahora } = recuento
  const claves = createClaves(client)
  const primera = clave && claves.primera(usuarioId, clave.clave, ahora)
  if (primera && primera.huella !== clave.huella) return { clave: 'distinta' }
  if (primera) {
    const recontado = Value.Parse(Guardado, JSON.parse(primera.resultado))
    return { clave: 'repetida', recontado }
  }
  const recontado = yield* new Recontador(client, newId, recuento).pasos(true)
  if (clave) claves.guardar(usuarioId, clave, recontado, ahora)
  return { clave: 'primera', recontado }
}

/** Counts of the whole warehouse, from a file. */
export function createRecuento(storage: InventarioStorage, newId: () => string): RecuentoStore {
  return {
    simular: (recuento) => inTurns(new Recontador(storage.client, newId, recuento).pasos(false)),
    async importar(recuento) {
      const write = crashAround('inventario.importar.escribir', () =>
        storage.writeInSteps((_, client) => unaVez(client, newId, recuento)),
      )
      return await siSeDeshace(write, { clave: 'primera', recontado: resumenVacio })
    },
  }
}
