import { maximoBytes } from './datos.ts'

/** Why a file cannot be what is asked for, before it is sent. */
export type Reparo = 'vacio' | 'grande' | 'esLibro' | 'ilegible'

/** A file whose bytes are held, so that what is imported is what was shown, whatever becomes of the file. */
export interface Archivo {
  readonly nombre: string
  readonly contenido: Blob
  /** Whether cells that the shop has changed since their export are to stay as the shop has them. */
  readonly omitirConflictos: boolean
  /** The preview that was agreed to. */
  readonly previa: string | undefined
}

/** A workbook is a ZIP file, or one of the older kind. */
const esLibro = (bytes: Uint8Array) =>
  (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)

export async function leerArchivo(file: File): Promise<Archivo | Reparo> {
  if (file.size === 0) return 'vacio'
  if (file.size > maximoBytes) return 'grande'
  const bytes = await file.arrayBuffer().then(
    (leidos) => new Uint8Array(leidos),
    () => undefined,
  )
  if (bytes === undefined) return 'ilegible'
  if (esLibro(bytes)) return 'esLibro'
  return {
    nombre: file.name,
    contenido: new Blob([bytes]),
    omitirConflictos: false,
    previa: undefined,
  }
}
