import { reparoSkuAbreviado } from '@encargo/csv/celdas'
import type { Exportada } from '@encargo/csv/control'
import type { ReparoDeCelda } from '@encargo/csv/importar'
import type { FilaImportada } from '@encargo/csv/informe'
import { escribirImporte } from '@encargo/service-kit/values/importes'
import {
  type CampoProducto,
  type Cambios,
  camposProducto,
  datosDeAlta,
  type DatosProducto,
  diferencia,
} from './producto.ts'

/** The columns of a file of products. */
export const columnasSurtido = [
  'sku',
  'nombre',
  'descripcion',
  'precio',
  'categoria',
  'imagenUrl',
  'activo',
  'atributos',
  'claseImpuesto',
  'pesoGramos',
  'control',
] as const
export type ColumnaSurtido = (typeof columnasSurtido)[number]

/** What a row of an export vouches for, in the order of `camposProducto`. */
export type ProductoExportado = Exportada<CampoProducto>

/** A row whose cells hold what they may. The SKU says whose row it is; the rest is what it asks for. */
export interface FilaSurtido {
  /** Its line in the file. */
  readonly fila: number
  readonly sku: string
  readonly cambios: Cambios
  /** What it said when it was exported; undefined for a row that somebody wrote. */
  readonly exportada: ProductoExportado | undefined
}

/** What a row does, as its import tells it. */
export interface FilaHecha extends FilaImportada {
  readonly sku: string
  readonly nombre: string
  /** The fields that it writes. */
  readonly campos: string[]
  /** What stands in them before, null where there is no product yet, and after. */
  readonly antes: Cambios | null
  readonly despues: Cambios
}

export type Decision =
  | { readonly tipo: 'crear'; readonly datos: DatosProducto; readonly hecha: FilaHecha }
  | { readonly tipo: 'actualizar'; readonly cambios: Cambios; readonly hecha: FilaHecha }
  | { readonly tipo: 'igual'; readonly hecha: FilaHecha }
  | { readonly tipo: 'rechazada'; readonly reparos: readonly ReparoDeCelda[] }

export interface Circunstancias {
  /** Whether conflicts stay as the shop has them. */
  readonly omitirConflictos: boolean
  /** Whether the row names a picture of ours that is not there. */
  readonly faltaImagen: boolean
  /** Whether it names a class of tax that is not there. */
  readonly faltaClase: boolean
  readonly moneda: string
}

const rechazada = (...reparos: readonly ReparoDeCelda[]): Decision => ({
  tipo: 'rechazada',
  reparos,
})

/**
 * What of a row counts as a change that somebody made, when what it said at its export is known. A
 * cell that says what it said then asks for nothing, whatever became of the product meanwhile; one
 * that says something else counts while the product still is as it was, and is a conflict after. A column
 * that came to the file later counts as in a row that nobody exported.
 */
function separarConflictos(
  actual: DatosProducto,
  distintos: Cambios,
  exportada: ProductoExportado,
) {
  const cambios = { ...distintos }
  const conflictos: CampoProducto[] = []
  for (const campo of camposProducto) {
    if (!(campo in distintos)) continue
    const igual = exportada.era(campo, distintos[campo])
    if (igual === undefined) continue
    const tocado = !igual
    if (tocado && exportada.era(campo, actual[campo])) continue
    delete cambios[campo]
    if (tocado) conflictos.push(campo)
  }
  return { cambios, conflictos }
}

/** The most of a text that a refusal tells. */
const maxCaracteres = 200

/** A value as a cell would say it. */
function escrito(campo: CampoProducto, producto: DatosProducto, moneda: string): string {
  const valor = producto[campo]
  if (campo === 'precio') return escribirImporte(producto.precio, moneda)
  const texto = typeof valor === 'object' && valor ? JSON.stringify(valor) : String(valor ?? '')
  return texto.slice(0, maxCaracteres)
}

function enConflicto(campo: CampoProducto, actual: DatosProducto, moneda: string): ReparoDeCelda {
  const dato = escrito(campo, actual, moneda)
  return {
    columna: campo,
    mensaje: `ha cambiado en la tienda desde la exportación: ahora es «${dato}». Si lo tuyo es lo que vale, vacía la celda control de esta fila`,
    regla: 'conflicto',
    dato,
  }
}

const imagenInexistente: ReparoDeCelda = {
  columna: 'imagenUrl',
  mensaje: 'nombra una imagen que no está; súbela primero',
  regla: 'imagen-inexistente',
}

const claseInexistente: ReparoDeCelda = {
  columna: 'claseImpuesto',
  mensaje: 'nombra un impuesto que no está; créalo primero',
  regla: 'impuesto-desconocido',
}

/** What of a row's new values is not there. */
const ausentes = (
  cambios: Cambios,
  { faltaImagen, faltaClase }: Circunstancias,
): readonly ReparoDeCelda[] => [
  ...('imagenUrl' in cambios && faltaImagen ? [imagenInexistente] : []),
  ...('claseImpuesto' in cambios && faltaClase ? [claseInexistente] : []),
]

const falta = (columna: 'nombre' | 'precio') =>
  rechazada({
    columna,
    mensaje: 'es obligatorio para un producto nuevo',
    regla: 'obligatorio',
  })

/** What stood where these changes go. */
const soloDe = (actual: DatosProducto, cambios: Cambios): Cambios =>
  Object.fromEntries(
    camposProducto.filter((campo) => campo in cambios).map((campo) => [campo, actual[campo]]),
  )

/** What a row does to its product; undefined: there is none. Keeps the SKU's spelling. */
export function decidirFila(
  actual: DatosProducto | undefined,
  fila: FilaSurtido,
  circunstancias: Circunstancias,
): Decision {
  return actual ? decidirCambio(actual, fila, circunstancias) : decidirAlta(fila, circunstancias)
}

function decidirCambio(
  actual: DatosProducto,
  { fila, cambios: pedidos, exportada }: FilaSurtido,
  circunstancias: Circunstancias,
): Decision {
  const { omitirConflictos, moneda } = circunstancias
  const distintos = diferencia(actual, pedidos)
  const { cambios, conflictos } = exportada
    ? separarConflictos(actual, distintos, exportada)
    : { cambios: distintos, conflictos: [] }
  if (conflictos.length > 0 && !omitirConflictos) {
    return rechazada(...conflictos.map((campo) => enConflicto(campo, actual, moneda)))
  }
  const faltan = ausentes(cambios, circunstancias)
  if (faltan.length > 0) return rechazada(...faltan)
  const { sku, nombre } = { ...actual, ...cambios }
  const campos = Object.keys(cambios)
  const accion = campos.length === 0 ? 'igual' : 'actualizar'
  const antes = soloDe(actual, cambios)
  const hecha = { fila, sku, nombre, accion, campos, antes, despues: cambios } as const
  return accion === 'igual' ? { tipo: accion, hecha } : { tipo: accion, cambios, hecha }
}

function decidirAlta(
  { fila, sku, cambios }: FilaSurtido,
  circunstancias: Circunstancias,
): Decision {
  const { nombre, precio, activo = true, ...resto } = cambios
  if (nombre === undefined) return falta('nombre')
  if (precio === undefined) return falta('precio')
  const faltan = ausentes(cambios, circunstancias)
  if (faltan.length > 0) return rechazada(...faltan)
  const abreviado = reparoSkuAbreviado(sku)
  if (abreviado) return rechazada({ columna: 'sku', ...abreviado })
  const datos = { ...datosDeAlta({ ...resto, sku, nombre, precio }), activo }
  const campos = Object.keys(cambios)
  const hecha = {
    fila,
    sku,
    nombre,
    accion: 'crear',
    campos,
    antes: null,
    despues: cambios,
  } as const
  return { tipo: 'crear', datos, hecha }
}
