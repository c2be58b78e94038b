import { claveSku } from '@encargo/service-kit/values/sku'
import { ErroresImportacion } from '@encargo/csv/errores'
import { type FilaCsv, leerCsv } from '@encargo/csv/leer'
import type { FormatoCsv } from '@encargo/csv/cabecera'
import { bien, leerBooleano, leerEntero, leerPrecio, type Leido } from '@encargo/csv/celdas'
import { leerControl } from '@encargo/csv/control'
import { maxFilasCsv } from '@encargo/csv/limites'
import { validadorDeFilas } from '@encargo/csv/validar'
import { claseGeneral } from '../domain/impuesto.ts'
import { camposProducto, limpios } from '../domain/producto.ts'
import {
  type ColumnaSurtido,
  columnasSurtido,
  type FilaSurtido,
  type ProductoExportado,
} from '../domain/surtido.ts'
import { EdicionProducto } from './schemas.ts'

const formato: FormatoCsv<ColumnaSurtido> = {
  columnas: columnasSurtido,
  falta: (presentes) => (presentes.has('sku') ? undefined : ['sku']),
  maxFilas: maxFilasCsv,
}

/** How many columns files vouched for before taxes and weights were known. */
const camposSinImpuestos = 8

const comoEdicion = validadorDeFilas(EdicionProducto)

function leerAtributos(celda: string): Leido<unknown> {
  if (celda.trim() === '') return { ok: true, valor: {} }
  try {
    return { ok: true, valor: JSON.parse(celda) }
  } catch {
    const dato = '{"color":"rojo"}'
    return { ok: false, mensaje: `debe ser un objeto JSON, como ${dato}`, regla: 'json', dato }
  }
}

const leerPeso = (celda: string): Leido<number | null> =>
  celda.trim() === '' ? bien(null) : leerEntero(celda)

const oNull = (celda: string) => (celda.trim() === '' ? null : celda.trim())

/** What the cells say, as the body of an edit would; without those that say nothing, which is noted. */
function cuerpoDe(
  { fila, celdas }: FilaCsv<ColumnaSurtido>,
  moneda: string,
  errores: ErroresImportacion,
): Record<string, unknown> {
  const { sku, nombre, descripcion, precio, categoria, imagenUrl, activo, atributos } = celdas
  const { claseImpuesto, pesoGramos } = celdas
  const leida = <T>(columna: ColumnaSurtido, leido: Leido<T>) => {
    if (leido.ok) return { [columna]: leido.valor }
    errores.anotar(fila, columna, leido)
    return {}
  }
  return {
    sku,
    ...(nombre === undefined ? {} : { nombre }),
    ...(descripcion === undefined ? {} : { descripcion }),
    ...(precio === undefined ? {} : leida('precio', leerPrecio(precio, moneda))),
    ...(categoria === undefined ? {} : { categoria: oNull(categoria) }),
    ...(imagenUrl === undefined ? {} : { imagenUrl: oNull(imagenUrl) }),
    ...(activo === undefined ? {} : leida('activo', leerBooleano(activo))),
    ...(atributos === undefined ? {} : leida('atributos', leerAtributos(atributos))),
    ...(claseImpuesto === undefined ? {} : { claseImpuesto: oNull(claseImpuesto) ?? claseGeneral }),
    ...(pesoGramos === undefined ? {} : leida('pesoGramos', leerPeso(pesoGramos))),
  }
}

/**
 * The rows of a file of products, held to the same schema as an edit by JSON, and what is wrong, also
 * a SKU that is there twice.
 */
export async function leerSurtido(
  source: AsyncIterable<Uint8Array>,
  moneda: string,
): Promise<{ readonly filas: readonly FilaSurtido[]; readonly errores: ErroresImportacion }> {
  const errores = new ErroresImportacion()
  const filas: FilaSurtido[] = []
  const lineaDe = new Map<string, number>()
  for await (const leida of leerCsv(source, formato, errores)) {
    const { fila } = leida
    const antes = errores.total
    anotarRepetido(fila, claveSku(leida.celdas.sku ?? ''), lineaDe, errores)
    const cuerpo = cuerpoDe(leida, moneda, errores)
    const exportada = exportadaDe(leida, errores)
    if (!comoEdicion(fila, cuerpo, errores) || errores.total > antes) continue
    const { sku = '', ...cambios } = limpios(cuerpo)
    filas.push({ fila, sku, cambios, exportada })
  }
  return { filas, errores }
}

/** What the row said when it was exported, if it was; a SKU that is another since is noted. */
function exportadaDe(
  { fila, celdas: { sku = '', control = '' } }: FilaCsv<ColumnaSurtido>,
  errores: ErroresImportacion,
): ProductoExportado | undefined {
  const leido = leerControl(control, camposProducto, camposSinImpuestos)
  if (!leido.ok) {
    errores.anotar(fila, 'control', leido)
    return undefined
  }
  if (leido.valor?.era('sku', claveSku(sku)) === false) {
    errores.anotar(fila, 'sku', {
      mensaje:
        'no es el que tenía la fila al exportarla; si es un producto nuevo, vacía su celda control',
      regla: 'sku-cambiado',
    })
  }
  return leido.valor ?? undefined
}

function anotarRepetido(
  fila: number,
  clave: string,
  lineaDe: Map<string, number>,
  errores: ErroresImportacion,
): void {
  const primera = lineaDe.get(clave)
  if (primera === undefined) lineaDe.set(clave, fila)
  else if (clave !== '') {
    errores.anotar(fila, 'sku', {
      mensaje: `está también en la fila ${primera}; cada SKU va una vez`,
      regla: 'fila-repetida',
      limite: primera,
    })
  }
}
