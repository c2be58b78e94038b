import { maximoBytes } from './datos.ts'

/** Why a file cannot be what is asked for, before it is sent. */
export type Reparo = 'vacio' | 'grande' | 'esLibro' | 'noUtf8' | 'ilegible'

/** A file whose bytes are held, so that what is imported is what was shown, whatever becomes of the file. */
export interface Archivo {
  readonly nombre: string
  readonly contenido: Blob
}

/** A workbook is a ZIP file, or one of the older kind. */
const esLibro = (bytes: Uint8Array) =>
  (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)

function esUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

export async function leerArchivo(file: File): Promise<Archivo | Reparo> {
  if (file.size === 0) return 'vacio'
  if (file.size > maximoBytes) return 'grande'
  const bytes = await file.arrayBuffer().then(
    (leidos) => new Uint8Array(leidos),
    () => undefined,
  )
  if (bytes === undefined) return 'ilegible'
  if (esLibro(bytes)) return 'esLibro'
  if (!esUtf8(bytes)) return 'noUtf8'
  return { nombre: file.name, contenido: new Blob([bytes]) }
}
