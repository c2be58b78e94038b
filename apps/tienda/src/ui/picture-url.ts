const uploaded = /^\/imagenes\/[0-9a-f]{64}$/
const ownPath = /^\/(?!\/)/

/**
 * Where the browser finds the picture that a product's `imagenUrl` names; null for one that the
 * page's policy would not let it show, so that it does not even try.
 *
 * @param allowed origins other than our own whose pictures the page may show
 */
export function pictureUrl(imagenUrl: string | null, allowed: readonly string[]): string | null {
  if (imagenUrl === null) return null
  if (uploaded.test(imagenUrl)) return `/api/productos${imagenUrl}`
  if (ownPath.test(imagenUrl)) return imagenUrl
  const origin = URL.canParse(imagenUrl) ? new URL(imagenUrl).origin : ''
  return allowed.includes(origin) ? imagenUrl : null
}

/** What is asked of a page. */
interface Page {
  querySelector(selector: string): { getAttribute(name: string): string | null } | null
}

/** What tienda's server wrote into the page: `IMAGE_ORIGINS`. */
export function allowedOrigins(page: Page): readonly string[] {
  const told = page.querySelector('meta[name="imagenes"]')?.getAttribute('content') ?? ''
  return told.split(' ').filter((origin) => origin !== '')
}
