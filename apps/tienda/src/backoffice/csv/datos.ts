import { cliente, FalloApi, pedir } from '../../api.ts'
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
  /** The name of a product, or its id where the name is not told. */
  readonly nombre: string
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

interface InformeExistencias extends Omit<Informe, 'muestra'> {
  readonly muestra: readonly {
    readonly fila: number
    readonly productoId: string
    readonly sku: string | null
    readonly accion: Accion
    readonly antes: number | null
    readonly despues: number
  }[]
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
  const respuesta = await cliente().request(
    'inventario',
    `/inventario/importacion?simular=${simular}`,
    { method: 'POST', headers: tipo, body: fetch.body, signal },
  )
  if (!respuesta.ok) throw new FalloApi(respuesta.problem, null)
  const informe: InformeExistencias = await respuesta.data.json()
  const muestra = informe.muestra.map(({ antes, despues, productoId, ...una }): Muestra => ({
    ...una,
    nombre: productoId,
    cambio: { de: 'existencias', antes, despues },
  }))
  return { ...informe, muestra }
}
