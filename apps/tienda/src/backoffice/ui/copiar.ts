/**
 * Takes a text along; whether that was possible. By a selection, as a page has a clipboard of its own only
 * where it came with TLS, and a shop in a LAN has none.
 */
export function copiar(texto: string): boolean {
  const caja = document.createElement('textarea')
  caja.value = texto
  caja.className = 'sr-only'
  document.body.append(caja)
  caja.select()
  const hecho = document.execCommand('copy')
  caja.remove()
  return hecho
}
