import type { ServiceName } from '@encargo/client'
import { cliente, FalloApi } from '../../api.ts'

/** A file that a service gives, and what to call it where the service does not say. */
export interface Descarga {
  readonly servicio: ServiceName
  readonly ruta: `/${string}`
  readonly nombre: string
}

type FinDescarga =
  | { readonly tipo: 'hecha'; readonly nombre: string }
  | { readonly tipo: 'rechazada'; readonly error: FalloApi }
  /** It began, and did not come to its end: what came is not kept. */
  | { readonly tipo: 'cortada' }

/** The name in `Content-Disposition` (RFC 6266), where it is one that any system takes. */
export const nombreDe = (disposicion: string | null) =>
  /filename="([\w.-]{1,100})"/.exec(disposicion ?? '')?.[1]

async function leerTodo(
  cuerpo: ReadableStream<Uint8Array<ArrayBuffer>>,
  alAvanzar: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const trozos: Uint8Array<ArrayBuffer>[] = []
  const lector = cuerpo.getReader()
  let bytes = 0
  for (;;) {
    const { done, value } = await lector.read()
    if (done) return trozos
    trozos.push(value)
    bytes += value.byteLength
    alAvanzar(bytes)
  }
}

/** Hands a file to the browser, as if a link to it had been followed. */
function guardar(archivo: Blob, nombre: string): void {
  const url = URL.createObjectURL(archivo)
  const enlace = document.createElement('a')
  enlace.href = url
  enlace.download = nombre
  enlace.click()
  // The browser has begun to read it by then; some do so a little later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** Downloads with the session, which a plain link would not carry. `alAvanzar`: bytes so far. */
export async function descargar(
  { servicio, ruta, nombre }: Descarga,
  alAvanzar: (bytes: number) => void,
): Promise<FinDescarga> {
  const respuesta = await cliente().request(servicio, ruta)
  if (!respuesta.ok) return { tipo: 'rechazada', error: new FalloApi(respuesta) }
  const { body } = respuesta.data
  try {
    const trozos = body === null ? [] : await leerTodo(body, alAvanzar)
    const elegido = nombreDe(respuesta.headers.get('content-disposition')) ?? nombre
    guardar(new Blob(trozos, { type: 'text/csv' }), elegido)
    return { tipo: 'hecha', nombre: elegido }
  } catch {
    return { tipo: 'cortada' }
  }
}
