import { type Importado, type ReparoDeCelda, siSeDeshace, todoONada } from '@encargo/csv/importar'
import { type Engine, type Script, statement } from '@encargo/storage'
import { contadoDe, motivoDeRecuento } from '../domain/existencia.ts'
import {
  type ActualRecuento,
  decidirRecuento,
  type DecisionRecuento,
  type FilaRecontada,
  type FilaRecuento,
} from '../domain/recuento.ts'
import type { Recuento, RecuentoStore } from '../ports.ts'
import { createClaves } from './claves.ts'
import { abrir } from './filas.ts'
import type { Libro } from './libro.ts'

const motivoPorDefecto = 'Importación de un archivo'

const sql = {
  find: statement<ActualRecuento, [productoId: string]>(
    `SELECT producto_id AS "productoId", fisico, reservado, faltan, umbral_minimo AS "umbralMinimo",
       version, actualizado_en AS "actualizadoEn",
       coalesce((SELECT max(secuencia) FROM movimientos AS m WHERE m.producto_id = e.producto_id), 0)
         AS libro
     FROM existencias AS e WHERE producto_id = ?1`,
  ),
  update: statement<
    never,
    [variacion: number, faltan: number, umbral: number, ahora: number, productoId: string]
  >(
    `UPDATE existencias SET fisico = fisico + ?1, faltan = ?2, umbral_minimo = ?3,
       version = version + 1, actualizado_en = ?4 WHERE producto_id = ?5`,
  ),
}

type Hecha = Exclude<DecisionRecuento, { tipo: 'error' }>

function vista(
  actual: ActualRecuento | undefined,
  { fila, productoId, sku }: FilaRecuento,
  decision: Hecha,
): FilaRecontada {
  const antes = actual ? contadoDe(actual) : null
  const comun = { fila, productoId, sku, accion: decision.tipo, antes }
  if (decision.tipo === 'crear') return { ...comun, despues: decision.fisico }
  if (decision.tipo === 'igual' || !actual) return { ...comun, despues: antes ?? 0 }
  const { variacion, faltan, umbralMinimo } = decision
  const despues = contadoDe({ fisico: actual.fisico + variacion, faltan })
  const hecha = { ...comun, despues, ...(faltan === 0 ? {} : { faltan }) }
  return umbralMinimo === actual.umbralMinimo
    ? hecha
    : { ...hecha, umbral: { antes: actual.umbralMinimo, despues: umbralMinimo } }
}

/** Counts of the whole warehouse, from a file. */
export function createRecuento(engine: Engine, libro: Libro): RecuentoStore {
  engine.prepare(...Object.values(sql))
  const claves = createClaves(engine)

  const anotar = (
    { productoId, motivo = motivoPorDefecto }: FilaRecuento,
    cantidad: number,
    fisico: number,
    faltan: number,
    { usuarioId, ahora }: Recuento,
  ) =>
    libro.anotar({
      productoId,
      tipo: 'AJUSTE',
      cantidad,
      fisicoResultante: fisico,
      motivo: motivoDeRecuento(motivo, fisico, faltan),
      usuarioId,
      creadoEn: ahora,
    })

  function* escribir(
    actual: ActualRecuento | undefined,
    fila: FilaRecuento,
    decision: Hecha,
    recuento: Recuento,
  ): Script<void> {
    const { productoId } = fila
    if (decision.tipo === 'crear') {
      const { fisico, umbralMinimo } = decision
      yield* abrir.get(productoId, fisico, umbralMinimo, recuento.ahora)
      if (fisico > 0) yield* anotar(fila, fisico, fisico, 0, recuento)
    }
    if (decision.tipo === 'actualizar' && actual) {
      const { variacion, faltan, umbralMinimo } = decision
      yield* sql.update.run(variacion, faltan, umbralMinimo, recuento.ahora, productoId)
      if (variacion === 0 && faltan === actual.faltan) return
      yield* anotar(fila, variacion, actual.fisico + variacion, faltan, recuento)
    }
  }

  function* contar(
    fila: FilaRecuento,
    escribirla: boolean,
    recuento: Recuento,
  ): Script<FilaRecontada | readonly ReparoDeCelda[]> {
    const actual = yield* sql.find.get(fila.productoId)
    const decision = decidirRecuento(actual, fila, recuento.omitirConflictos)
    if (decision.tipo === 'error') return [{ columna: decision.columna, ...decision.reparo }]
    if (escribirla) yield* escribir(actual, fila, decision, recuento)
    return vista(actual, fila, decision)
  }

  const pasos = (recuento: Recuento, escribir: boolean): Script<Importado<FilaRecontada>> =>
    todoONada(recuento, escribir, (fila, escribirla) => contar(fila, escribirla, recuento))

  return {
    simular: (recuento) => engine.lookInSteps(() => pasos(recuento, false)),
    async importar(recuento) {
      const write = engine.writeInSteps(() => claves.unaVez(recuento, () => pasos(recuento, true)))
      const hecho = await siSeDeshace(write)
      return hecho.tipo === 'rechazada' ? { tipo: 'primera', respuesta: hecho } : hecho
    },
  }
}
