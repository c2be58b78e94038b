import { type Importado, type ReparoDeCelda, siSeDeshace, todoONada } from '@encargo/csv/importar'
import { apuntar } from '@encargo/service-kit/audit/log'
import { type Engine, type Script, statement } from '@encargo/storage'
import { apunteDeRecuento } from '../domain/auditoria.ts'
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
import { escribirListas } from './filas.ts'
import type { Libro, NuevoMovimiento } from './libro.ts'
import { conListas } from './textos.ts'

const motivoPorDefecto = 'Importación de un archivo'

/** How many rows are read and written at once: few enough that others get their turn in between. */
const lote = 500

const sql = {
  find: statement<ActualRecuento, [productoIds: string]>(
    `SELECT producto_id AS "productoId", fisico, reservado, faltan, umbral_minimo AS "umbralMinimo",
       version, actualizado_en AS "actualizadoEn",
       coalesce((SELECT max(secuencia) FROM movimientos AS m WHERE m.producto_id = e.producto_id), 0)
         AS libro
     FROM existencias AS e WHERE producto_id IN (SELECT value FROM json_each(?1))`,
  ),
  abrir: statement<never, [existencias: string, ahora: number]>(
    conListas(
      ({ filas }) => `INSERT INTO existencias
          (producto_id, fisico, reservado, umbral_minimo, version, actualizado_en)
        SELECT id, fisico, 0, umbral, 1, ?2
        FROM ${filas(1, { id: 'text', fisico: 'bigint', umbral: 'bigint' })} AS f`,
    ),
  ),
  update: statement<never, [existencias: string, ahora: number]>(
    conListas(
      ({ filas, en }) => `UPDATE existencias AS e SET fisico = e.fisico + f.variacion,
          faltan = f.faltan, umbral_minimo = f.umbral, version = version + 1, actualizado_en = ?2
        FROM ${filas(1, {
          id: 'text',
          variacion: 'bigint',
          faltan: 'bigint',
          umbral: 'bigint',
        })} AS f
        WHERE e.producto_id = f.id
          AND e.producto_id ${en(`SELECT id FROM ${filas(1, { id: 'text' })} AS f`)}`,
    ),
  ),
}

type Hecha = Exclude<DecisionRecuento, { tipo: 'error' }>

interface Contada {
  readonly actual: ActualRecuento | undefined
  readonly fila: FilaRecuento
  readonly decision: Hecha
}

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

const linea = (
  { productoId, motivo = motivoPorDefecto }: FilaRecuento,
  cantidad: number,
  fisico: number,
  faltan: number,
  { usuarioId, ahora }: Recuento,
): NuevoMovimiento => ({
  productoId,
  tipo: 'AJUSTE',
  cantidad,
  fisicoResultante: fisico,
  motivo: motivoDeRecuento(motivo, fisico, faltan),
  usuarioId,
  creadoEn: ahora,
})

/** Counts of the whole warehouse, from a file. */
export function createRecuento(engine: Engine, libro: Libro): RecuentoStore {
  engine.prepare(...Object.values(sql))
  const claves = createClaves(engine)

  /** Writes what was decided of rows of different products. */
  function* escribir(hechas: readonly Contada[], recuento: Recuento): Script<void> {
    const nuevas: object[] = []
    const cambiadas: object[] = []
    const lineas: NuevoMovimiento[] = []
    for (const { actual, fila, decision } of hechas) {
      const { productoId: id } = fila
      if (decision.tipo === 'crear') {
        const { fisico, umbralMinimo: umbral } = decision
        nuevas.push({ id, fisico, umbral })
        if (fisico > 0) lineas.push(linea(fila, fisico, fisico, 0, recuento))
      }
      if (decision.tipo === 'actualizar' && actual) {
        const { variacion, faltan, umbralMinimo: umbral } = decision
        cambiadas.push({ id, variacion, faltan, umbral })
        if (variacion === 0 && faltan === actual.faltan) continue
        lineas.push(linea(fila, variacion, actual.fisico + variacion, faltan, recuento))
      }
    }
    const { ahora } = recuento
    yield* escribirListas([
      { filas: nuevas, asked: () => sql.abrir.run(JSON.stringify(nuevas), ahora) },
      { filas: cambiadas, asked: () => sql.update.run(JSON.stringify(cambiadas), ahora) },
      { filas: lineas, asked: () => libro.anotarVarias(lineas) },
    ])
  }

  /** Reads the stock of rows when the first of a lot comes, and writes it after the last. */
  function contador(recuento: Recuento) {
    const { filas, omitirConflictos } = recuento
    let actuales = new Map<string, ActualRecuento>()
    let hechas: Contada[] = []
    let vistas = 0

    return function* contar(
      fila: FilaRecuento,
      escribirla: boolean,
    ): Script<FilaRecontada | readonly ReparoDeCelda[]> {
      if (vistas % lote === 0) {
        const ids = filas.slice(vistas, vistas + lote).map(({ productoId }) => productoId)
        const found = yield* sql.find.all(JSON.stringify(ids))
        actuales = new Map(found.map((one) => [one.productoId, one]))
      }
      vistas++
      const actual = actuales.get(fila.productoId)
      const decision = decidirRecuento(actual, fila, omitirConflictos)
      if (decision.tipo === 'error') return [{ columna: decision.columna, ...decision.reparo }]
      if (escribirla) hechas.push({ actual, fila, decision })
      if (escribirla && (vistas % lote === 0 || vistas === filas.length)) {
        yield* escribir(hechas, recuento)
        hechas = []
      }
      return vista(actual, fila, decision)
    }
  }

  const pasos = (recuento: Recuento, escribirlo: boolean): Script<Importado<FilaRecontada>> =>
    todoONada(recuento, escribirlo, contador(recuento))

  /** A file that changes nothing leaves no line. */
  function* importar(recuento: Recuento): Script<Importado<FilaRecontada>> {
    const importado = yield* pasos(recuento, true)
    if (importado.tipo === 'rechazada') return importado
    const { creados, actualizados } = importado.resumen
    if (creados + actualizados > 0) {
      yield* apuntar(apunteDeRecuento({ creados, actualizados }, recuento))
    }
    return importado
  }

  return {
    simular: (recuento) => engine.lookInSteps(() => pasos(recuento, false)),
    async importar(recuento) {
      const write = engine.writeInSteps(() => claves.unaVez(recuento, () => importar(recuento)))
      const hecho = await siSeDeshace(write)
      return hecho.tipo === 'rechazada' ? { tipo: 'primera', respuesta: hecho } : hecho
    },
  }
}
