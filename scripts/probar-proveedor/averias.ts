import type { Averia } from './banco.ts'

const pagina = '<!doctype html><title>Mantenimiento</title><h1>Volvemos pronto</h1>'
const json = { 'content-type': 'application/json' }

/** Nothing, for as long as somebody waits for it. */
const silencio = (signal: AbortSignal) =>
  new Promise<Response>((resolve) => {
    signal.addEventListener('abort', () => resolve(new Response(null, { status: 499 })))
  })

const sinFin = () => {
  const trozo = new Uint8Array(65_536).fill(0x20)
  return new ReadableStream<Uint8Array>({ pull: (salida) => salida.enqueue(trozo) })
}

/** An API in that trouble; `hacer` is what it does when it is well. */
export async function averiada(
  averia: Averia,
  request: Request,
  hacer: () => Promise<Response>,
): Promise<Response> {
  switch (averia) {
    case 'ocupado':
      return new Response('{}', { status: 429, headers: { ...json, 'retry-after': '7' } })
    case 'falla':
      return new Response('{"message":"internal_error"}', { status: 500, headers: json })
    case 'html':
      return new Response(pagina, { headers: { 'content-type': 'text/html' } })
    case 'redirige':
      return new Response(null, { status: 302, headers: { location: '/en-otra-parte' } })
    case 'basura':
      return new Response('{"cualquier":["cosa",7]}', { headers: json })
    case 'trunca':
      return new Response('{"id":"1","status":"appro', { headers: json })
    case 'enorme':
      return new Response(sinFin(), { headers: json })
    case 'sin-permiso':
      return new Response('{"message":"unauthorized"}', { status: 401, headers: json })
    case 'calla':
      return await silencio(request.signal)
    case 'calla-tras-efecto':
      await hacer()
      return await silencio(request.signal)
    default:
      throw averia satisfies never
  }
}
