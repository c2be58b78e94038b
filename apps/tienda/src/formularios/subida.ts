import type { Fetch } from '@encargo/client'
import { enviarCon } from '../api.ts'

/** How much of a file is on the other side: a share of 1, and 1 while the answer is waited for. */
export type AlAvanzar = (parte: number) => void

function cabecerasDe(texto: string): Headers {
  const cabeceras = new Headers()
  for (const linea of texto.split('\r\n')) {
    const [, nombre, valor] = /^([^:]+):\s*(.*)$/.exec(linea) ?? []
    if (nombre !== undefined && valor !== undefined) cabeceras.append(nombre, valor)
  }
  return cabeceras
}

const respuestaDe = (envio: XMLHttpRequest) =>
  new Response(envio.status === 204 || envio.status === 304 ? null : envio.response, {
    status: envio.status,
    headers: cabecerasDe(envio.getAllResponseHeaders()),
  })

/** `fetch`, as far as the client needs it, by the only interface that tells how a sending goes. */
const enviarDiciendo =
  (alAvanzar: AlAvanzar): Fetch =>
  (input, init = {}) =>
    new Promise((resolve, reject) => {
      const envio = new XMLHttpRequest()
      envio.open(init.method ?? 'GET', String(input instanceof Request ? input.url : input))
      for (const [nombre, valor] of new Headers(init.headers)) envio.setRequestHeader(nombre, valor)
      envio.responseType = 'blob'
      envio.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
        if (lengthComputable && total > 0) alAvanzar(loaded / total)
      })
      envio.addEventListener('load', () => resolve(respuestaDe(envio)))
      envio.addEventListener('error', () => reject(new TypeError('the request broke off')))
      envio.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      init.signal?.addEventListener('abort', () => envio.abort(), { once: true })
      envio.send(init.body instanceof Blob ? init.body : null)
    })

/**
 * What a typed call needs besides to send a file: `post(undefined, cuerpoSeguido(...))`. Text is
 * what the header says, whatever the system takes the file for.
 */
export function cuerpoSeguido(archivo: Blob, tipo: string, alAvanzar: AlAvanzar) {
  // A copy of its own, so that the same file sent twice is followed apart.
  const body = archivo.slice(0, archivo.size, tipo)
  enviarCon(body, enviarDiciendo(alAvanzar))
  return { fetch: { body }, tipo: { 'content-type': tipo } }
}
