import { createHash } from 'node:crypto'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What is in the folder: each file's path from it, with slashes, and its bytes. */
export type Contenido = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/** All of it lies in memory, and belongs to pages. */
export const maximos = { archivos: 1_000, bytes: 32 * 1024 * 1024 } as const

/** It holds more than is read. */
export class Demasiado extends Error {
  override readonly name = 'Demasiado'
}

/** What systems and editors leave; of what begins with a dot only what is looked for there (RFC 8615). */
const oculto = (ruta: string) =>
  ruta.split('/').some((parte) => parte.startsWith('.') && parte !== '.well-known') ||
  ruta.endsWith('~')

/** Its files, with what tells that one has changed. Links are not followed: they lead out of it. */
async function listado(carpeta: string): Promise<Map<string, string>> {
  const nombres = await readdir(carpeta, { recursive: true })
  const rutas = nombres
    .map((nombre) => nombre.replaceAll('\\', '/'))
    .filter((ruta) => !oculto(ruta))
  if (rutas.length > maximos.archivos * 2) {
    throw new Demasiado(`it has more than ${maximos.archivos} files`)
  }
  const hechos = await Promise.all(
    rutas.toSorted().map(async (ruta) => ({ ruta, de: await lstat(join(carpeta, ruta)) })),
  )
  const archivos = hechos.filter(({ de }) => de.isFile())
  const bytes = archivos.reduce((suma, { de }) => suma + de.size, 0)
  if (archivos.length > maximos.archivos)
    throw new Demasiado(`it has more than ${maximos.archivos} files`)
  if (bytes > maximos.bytes)
    throw new Demasiado(`it has more than ${maximos.bytes / 1024 / 1024} MiB`)
  return new Map(archivos.map(({ ruta, de }) => [ruta, `${de.mtimeMs}:${de.size}:${de.ino}`]))
}

/** Changes whenever something in the folder does. */
export async function huellaDe(carpeta: string): Promise<string> {
  return createHash('sha256')
    .update(JSON.stringify([...(await listado(carpeta))]))
    .digest('base64')
}

/** @throws Demasiado, or what the system says where it can't be read */
export async function leerCarpeta(carpeta: string): Promise<Contenido> {
  const rutas = [...(await listado(carpeta)).keys()]
  const pares = rutas.map(async (ruta) => {
    const bytes = await readFile(join(carpeta, ruta))
    return [ruta, new Uint8Array(bytes)] as const
  })
  return new Map(await Promise.all(pares))
}
