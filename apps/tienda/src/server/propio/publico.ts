import { type Archivo, archivo } from '../construccion.ts'

/** These run programs when they are opened by themselves; so nothing of the shop is within their reach. */
const activo = /html|svg|xml/
const aislado = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox"

async function hecho(ruta: string, bytes: Uint8Array<ArrayBuffer>): Promise<[string, Archivo]> {
  const { type } = Bun.file(ruta)
  const tal = await archivo(bytes, { tipo: type, inmutable: false, comprimir: true })
  return [ruta, activo.test(type) ? { ...tal, politica: aislado } : tal]
}

/** The shop's files as they are served, by path: asked for anew each time, as they may change. */
export async function archivosPublicos(
  publico: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<ReadonlyMap<string, Archivo>> {
  return new Map(await Promise.all([...publico].map(([ruta, bytes]) => hecho(ruta, bytes))))
}
