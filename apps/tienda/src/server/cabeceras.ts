const sha256 = (texto: string) => new Bun.CryptoHasher('sha256').update(texto).digest('base64')

/**
 * What a page may do: only what comes from its own origin, no script inline, and nobody may frame
 * it. `data:` and `blob:` are for pictures that the page itself makes.
 *
 * @param origenesImagen other origins whose pictures it may show
 * @param hoja the one style sheet that stands in the page itself, let through by its hash (CSP 3, 2.3.1)
 */
export const politicaDe = (origenesImagen: readonly string[], hoja = '') =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${hoja === '' ? '' : ` 'sha256-${sha256(hoja)}'`}`,
    `img-src ${["'self'", 'data:', 'blob:', ...origenesImagen].join(' ')}`,
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Said with everything that tienda serves itself. */
export const cabecerasPagina = {
  'content-security-policy': politicaDe([]),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  // Not `no-referrer`: with it, a form would be sent with `Origin: null`.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const

/** Headers that belong to one connection and end with it (RFC 9110, 7.6.1). */
const deUnSalto = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** A copy without what belongs to one connection, what `Connection` names, and `otras`. */
export function sinSalto(cabeceras: Headers, otras: readonly string[] = []): Headers {
  const copia = new Headers(cabeceras)
  const nombradas = (cabeceras.get('connection') ?? '').split(',').map((nombre) => nombre.trim())
  for (const nombre of [...deUnSalto, ...nombradas, ...otras]) {
    // `Connection` is the caller's word, and need not name headers that can exist.
    if (/^[\w-]+$/.test(nombre)) copia.delete(nombre)
  }
  return copia
}
