import { type Colores, hojaDe } from './paleta.ts'

/**
 * Shows other colours on a page that is there already. The server's style sheet lets nobody write into
 * it, so it steps back, and one that a script may make takes its place.
 */
export function ponerColores(colores: Colores): void {
  const deAntes = document.head.querySelector('style')
  if (deAntes?.sheet) deAntes.sheet.disabled = true
  const hoja = new CSSStyleSheet()
  hoja.replaceSync(hojaDe(colores))
  document.adoptedStyleSheets = [hoja]
}
