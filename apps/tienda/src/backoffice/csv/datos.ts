import { cliente, pedir } from '../../api.ts'
import { type AlAvanzar, cuerpoSeguido } from '../../formularios/subida.ts'
import type { Ficha } from '../productos/ficha.ts'
import type { Archivo } from './archivo.ts'

/** What a file is about. */
export const materias = ['productos', 'existencias'] as const
export type Materia = (typeof materias)[number]

/** The largest file that the services take, in bytes. */
export const maximoBytes = 16 * 1024 * 1024

export type Accion = 'crear' | 'actualizar' | 'igual'

/** What changes of a product; nothing before where it is a new one. */
export interface CambioDeProducto {
  readonly antes: Campos | null
  readonly despues: Campos
}
export type Campos = Readonly<Partial<Ficha & { readonly activo: boolean }>>

interface Numeros {
  readonly antes: number | null
  readonly despues: number
}

/** What is counted, and the threshold where it changes. */
interface CambioDeExistencia extends Numeros {
  readonly umbral?: Numeros
  /** Of the promised units, how many are not there. */
  readonly faltan?: number
}

/** One row of the sample, whatever the file is about. */
export interface Muestra {
  /** Its line in the file. */
  readonly fila: number
  readonly sku: string | null
  /** Told of products. */
  readonly nombre?: string
  /** Told of stock. */
  readonly productoId?: string
  readonly accion: Accion
  readonly cambio:
    | ({ readonly de: 'productos' } & CambioDeProducto)
    | ({ readonly de: 'existencias' } & CambioDeExistencia)
}

/** What a file would do, or did. */
export interface Informe {
  readonly filas: number
  readonly creados: number
  readonly actualizados: number
  readonly sinCambios: number
  /** What tells these changes from others. */
  readonly previa?: string
  readonly muestra: readonly Muestra[]
}

export interface Envio {
  readonly archivo: Archivo
  /** Only tells what it would do. */
  readonly simular: boolean
  readonly signal: AbortSignal
  readonly alAvanzar: AlAvanzar
}

/** @throws FalloApi, with `importacion-invalida` for rows that have to be mended */
export async function importar(
  materia: Materia,
  { archivo, simular, signal, alAvanzar }: Envio,
): Promise<Informe> {
  const { fetch, tipo } = cuerpoSeguido(archivo.contenido, 'text/csv', alAvanzar)
  const { omitirConflictos, previa } = archivo
  const query = {
    simular,
    ...(omitirConflictos ? { omitirConflictos } : {}),
    ...(simular || previa === undefined ? {} : { previa }),
  }
  const opciones = { query, headers: tipo, fetch: { ...fetch, signal } }
  if (materia === 'productos') {
    const { productos } = cliente().productos
    const informe = await pedir(productos.importacion.post(undefined, opciones))
    const muestra = informe.muestra.map(({ antes, despues, ...una }): Muestra => ({
      ...una,
      cambio: { de: 'productos', antes, despues },
    }))
    return { ...informe, muestra }
  }
  const { inventario } = cliente().inventario
  const informe = await pedir(inventario.importacion.post(undefined, opciones))
  const muestra = informe.muestra.map(({ antes, despues, umbral, faltan, ...una }): Muestra => ({
    ...una,
    cambio: {
      de: 'existencias',
      antes,
      despues,
      ...(umbral ? { umbral } : {}),
      ...(faltan === undefined ? {} : { faltan }),
    },
  }))
  return { ...informe, muestra }
}
