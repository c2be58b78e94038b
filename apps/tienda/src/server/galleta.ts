/** The cookie that holds the refresh token; no script can read it and no other path gets it. */
export const nombreGalleta = 'encargo_sesion'

/** auth ends a session that was not used for 14 days; in seconds. */
const vidaSegundos = 14 * 24 * 60 * 60

/** The refresh token of a request, if it brings one. */
export function leerGalleta(request: Request): string | undefined {
  const partes = (request.headers.get('cookie') ?? '').split(';')
  for (const parte of partes) {
    const [nombre, ...valor] = parte.trim().split('=')
    if (nombre === nombreGalleta) return valor.join('=') || undefined
  }
  return undefined
}

/** `Set-Cookie` (RFC 6265) that keeps `token`, or takes away what was there. */
export function escribirGalleta(token: string | null, segura: boolean): string {
  const atributos = [
    `${nombreGalleta}=${token ?? ''}`,
    'Path=/api/sesion',
    'HttpOnly',
    'SameSite=Strict',
    `Max-Age=${token === null ? 0 : vidaSegundos}`,
  ]
  return [...atributos, ...(segura ? ['Secure'] : [])].join('; ')
}
