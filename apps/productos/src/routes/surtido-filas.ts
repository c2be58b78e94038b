import { claveSku } from '@encargo/service-kit'
import {
  type ErroresImportacion,
  type FilaCsv,
  type FormatoCsv,
  leerBooleano,
  leerCsv,
  leerPrecio,
  type Leido,
  maxFilasCsv,
  validadorDeFilas,
} from '@encargo/service-kit/csv'
import { limpiarCambios } from '../domain/producto.ts'
import { type ColumnaSurtido, columnasSurtido, type FilaSurtido } from '../domain/surtido.ts'
import { EdicionProducto } from './schemas.ts'

const formato: FormatoCsv<ColumnaSurtido> = {
  columnas: columnasSurtido,
  falta: (presentes) => (presentes.has('sku') ? undefined : 'falta la columna sku'),
  maxFilas: maxFilasCsv,
}

const comoEdicion = validadorDeFilas(EdicionProducto)

function leerAtributos(celda: string): Leido<unknown> {
  if (celda.trim() === '') return { ok: true, valor: {} }
  try {
    return { ok: true, valor: JSON.parse(celda) }
  } catch {
    return { ok: false, mensaje: 'debe ser un objeto JSON, como {"color":"rojo"}' }
  }
}

const oNull = (celda: string) => (celda.trim() === '' ? null : celda.trim())

/** What the cells say, as the body of an edit would; without those that say nothing, which is noted. */
function cuerpoDe(
  { fila, celdas }: FilaCsv<ColumnaSurtido>,
  moneda: string,
  errores: ErroresImportacion,
): Record<string, unknown> {
  const { sku, nombre, descripcion, precio, categoria, imagenUrl, activo, atributos } = celdas
  const leida = <T>(columna: ColumnaSurtido, leido: Leido<T>) => {
    if (leido.ok) return { [columna]: leido.valor }
    errores.anotar(fila, columna, leido.mensaje)
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
  }
}

/**
 * The rows of a file of products, held to the same schema as an edit by JSON. `errores` gets what is
 * wrong, also a SKU that is there twice.
 */
export async function leerSurtido(
  source: AsyncIterable<Uint8Array>,
  moneda: string,
  errores: ErroresImportacion,
): Promise<FilaSurtido[]> {
  const filas: FilaSurtido[] = []
  const lineaDe = new Map<string, number>()
  for await (const leida of leerCsv(source, formato, errores)) {
    const { fila } = leida
    const antes = errores.total
    anotarRepetido(fila, claveSku(leida.celdas.sku ?? ''), lineaDe, errores)
    const cuerpo = cuerpoDe(leida, moneda, errores)
    if (!comoEdicion(fila, cuerpo, errores) || errores.total > antes) continue
    const { sku = '', ...cambios } = limpiarCambios(cuerpo)
    filas.push({ fila, sku, cambios })
  }
  return filas
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
    errores.anotar(fila, 'sku', `está también en la fila ${primera}; cada SKU va una vez`)
  }
}
