import { cliente, pedir } from '../../api.ts'
import { type AlAvanzar, cuerpoSeguido } from '../../formularios/subida.ts'

/** What a file is about. */
export const materias = ['productos', 'existencias'] as const
export type Materia = (typeof materias)[number]

/** The largest file that the services take, in bytes. */
export const maximoBytes = 16 * 1024 * 1024

export type Accion = 'crear' | 'actualizar' | 'igual'

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
    | { readonly de: 'productos'; readonly campos: readonly string[] }
    | { readonly de: 'existencias'; readonly antes: number | null; readonly despues: number }
}

/** What a file would do, or did. */
export interface Informe {
  readonly filas: number
  readonly creados: number
  readonly actualizados: number
  readonly sinCambios: number
  readonly muestra: readonly Muestra[]
}

export interface Envio {
  readonly archivo: Blob
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
  const { fetch, tipo } = cuerpoSeguido(archivo, 'text/csv', alAvanzar)
  const opciones = { query: { simular }, headers: tipo, fetch: { ...fetch, signal } }
  if (materia === 'productos') {
    const { productos } = cliente().productos
    const informe = await pedir(productos.importacion.post(undefined, opciones))
    const muestra = informe.muestra.map(({ campos, ...una }): Muestra => ({
      ...una,
      cambio: { de: 'productos', campos },
    }))
    return { ...informe, muestra }
  }
  const { inventario } = cliente().inventario
  const informe = await pedir(inventario.importacion.post(undefined, opciones))
  const muestra = informe.muestra.map(({ antes, despues, ...una }): Muestra => ({
    ...una,
    cambio: { de: 'existencias', antes, despues },
  }))
  return { ...informe, muestra }
}
