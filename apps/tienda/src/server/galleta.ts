import { esSeguro } from './mismo-origen.ts'

/**
 * The cookie that holds the refresh token; no script can read it. Over HTTPS it is one that a browser
 * takes over HTTPS alone, from this very host and for no other (`__Host-`, RFC 6265bis, 4.1.3.2), so
 * that nobody else can put theirs in its place. Over plain HTTP, in a LAN or while developing, no
 * browser keeps such a one, and no other path gets what is kept instead.
 */
const conTls = { nombre: '__Host-encargo_sesion', atributos: ['Path=/', 'Secure'] }
const sinTls = { nombre: 'encargo_sesion', atributos: ['Path=/api/sesion'] }

/** auth ends a session that was not used for 14 days; in seconds. */
const vidaSegundos = 14 * 24 * 60 * 60

type Clase = typeof conTls

const claseDe = (request: Request): Clase => (esSeguro(request) ? conTls : sinTls)

function valorDe(request: Request, { nombre }: Clase): string | undefined {
  const partes = (request.headers.get('cookie') ?? '').split(';')
  for (const parte of partes) {
    const [suyo, ...valor] = parte.trim().split('=')
    if (suyo === nombre) return valor.join('=') || undefined
  }
  return undefined
}

/**
 * The refresh token of a request, if it brings one. Over HTTPS the one of before, without a prefix,
 * counts where there is no other: who was signed in stays so, and gets the new one at the next renewal.
 */
export function leerGalleta(request: Request): string | undefined {
  return valorDe(request, claseDe(request)) ?? valorDe(request, sinTls)
}

function escribir({ nombre, atributos }: Clase, token: string | null): string {
  const vida = `Max-Age=${token === null ? 0 : vidaSegundos}`
  return [`${nombre}=${token ?? ''}`, ...atributos, 'HttpOnly', 'SameSite=Strict', vida].join('; ')
}

/** `Set-Cookie` (RFC 6265) that keep `token`, or take away what was there. */
export function escribirGalletas(request: Request, token: string | null): readonly string[] {
  const clase = claseDe(request)
  const deAntes = clase !== sinTls && valorDe(request, sinTls) !== undefined
  return [escribir(clase, token), ...(deAntes ? [escribir(sinTls, null)] : [])]
}
