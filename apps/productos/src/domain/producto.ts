import { textoLimpio } from '@encargo/service-kit/values/identity-key'
import { claseGeneral, type Impuesto } from './impuesto.ts'

/**
 * A product of the catalogue. `precio` is in the minor unit of the one currency that there is, moments
 * are milliseconds since the epoch, and `version` counts its edits.
 */
export interface Producto {
  readonly id: string
  readonly sku: string
  readonly nombre: string
  readonly descripcion: string
  readonly precio: number
  readonly categoria: string | null
  readonly imagenUrl: string | null
  readonly atributos: Record<string, string>
  readonly activo: boolean
  /** The class of tax that is in its price. */
  readonly claseImpuesto: string
  /** In grams; null: nobody said. */
  readonly pesoGramos: number | null
  readonly version: number
  readonly creadoEn: number
  readonly actualizadoEn: number
}

/** What an order asks of its product, with the rate of the moment. */
export type Articulo = Pick<
  Producto,
  'id' | 'sku' | 'nombre' | 'precio' | 'activo' | 'categoria' | 'claseImpuesto' | 'pesoGramos'
> &
  Pick<Impuesto, 'tasa' | 'modo'>

/** What staff may set; the rest follows. */
export type DatosProducto = Pick<
  Producto,
  | 'sku'
  | 'nombre'
  | 'descripcion'
  | 'precio'
  | 'categoria'
  | 'imagenUrl'
  | 'atributos'
  | 'activo'
  | 'claseImpuesto'
  | 'pesoGramos'
>
export type Cambios = Partial<DatosProducto>

/** Who makes a change, when, in milliseconds since the epoch, and from which address. */
export interface Autoria {
  readonly usuarioId: string
  readonly ahora: number
  readonly direccion?: string | undefined
}

/** One price that a product had, from `desde` on. `n` counts them all. */
export interface PrecioHistorico {
  readonly n: number
  readonly precio: number
  readonly desde: number
  readonly usuarioId: string
}

export interface Categoria {
  readonly nombre: string
  readonly productos: number
}

/** A product that is new by now. */
export const recienCreado = (id: string, datos: DatosProducto, ahora: number): Producto => ({
  id,
  ...datos,
  version: 1,
  creadoEn: ahora,
  actualizadoEn: ahora,
})

type Alta = Pick<DatosProducto, 'sku' | 'nombre' | 'precio'> & Omit<Cambios, 'activo'>

/** A new product's data, with what was left out. */
export function datosDeAlta(alta: Alta): DatosProducto {
  return {
    descripcion: '',
    categoria: null,
    imagenUrl: null,
    atributos: {},
    activo: true,
    claseImpuesto: claseGeneral,
    pesoGramos: null,
    ...alta,
  }
}

const textos = ['sku', 'nombre', 'descripcion', 'categoria'] as const

/** A product's texts as they are kept, and nothing that UTF-8 cannot carry. */
export function limpios<T extends Cambios>(datos: T): T {
  const imagen = datos.imagenUrl ? { imagenUrl: datos.imagenUrl.toWellFormed() } : {}
  const pares = textos.flatMap((campo) => {
    const valor = datos[campo]
    return typeof valor === 'string' ? [[campo, textoLimpio(valor).toWellFormed()]] : []
  })
  return { ...datos, ...imagen, ...Object.fromEntries(pares) }
}

/** All that an edit may change, in the order in which they came to be: exported files rely on it. */
export const camposProducto = [
  'sku',
  'nombre',
  'descripcion',
  'precio',
  'categoria',
  'imagenUrl',
  'atributos',
  'activo',
  'claseImpuesto',
  'pesoGramos',
] as const satisfies readonly (keyof DatosProducto)[]
export type CampoProducto = (typeof camposProducto)[number]

/**
 * What an edit really changes. Only this is written, so that an edit never undoes somebody else's
 * of another field, and a repeated one writes nothing at all.
 */
export function diferencia(actual: DatosProducto, cambios: Cambios): Cambios {
  const distintos = { ...cambios }
  for (const campo of camposProducto) {
    const pedido = distintos[campo]
    if (pedido === undefined || Bun.deepEquals(actual[campo], pedido)) delete distintos[campo]
  }
  return distintos
}

/** About what a product weighs in an answer, in bytes. */
export function pesoDe({ descripcion, atributos }: Pick<Producto, 'descripcion' | 'atributos'>) {
  const textos = Object.entries(atributos).flat()
  return textos.reduce((suma, { length }) => suma + length + 5, 600 + descripcion.length)
}
