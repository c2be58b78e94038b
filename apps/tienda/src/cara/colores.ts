// Colours as `#rrggbb` in small letters, and what WCAG 2.2 says of two of them.

const canales = [1, 3, 5] as const

const partesDe = (color: string) =>
  canales.map((desde) => Number.parseInt(color.slice(desde, desde + 2), 16))

/** A colour that somebody typed: `#1F5C4A`, `1f5c4a` or `#abc`. Undefined for what is none. */
export function leerColor(escrito: string): string | undefined {
  const cifras = escrito.trim().toLowerCase().replace(/^#/, '')
  if (/^[0-9a-f]{6}$/.test(cifras)) return `#${cifras}`
  if (/^[0-9a-f]{3}$/.test(cifras)) return `#${cifras.replace(/./g, '$&$&')}`
  return undefined
}

/** From 0 for black to 1 for white. */
function luminancia(color: string): number {
  const [rojo = 0, verde = 0, azul = 0] = partesDe(color).map((parte) => {
    const valor = parte / 255
    return valor <= 0.04045 ? valor / 12.92 : ((valor + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * rojo + 0.7152 * verde + 0.0722 * azul
}

/** From 1 for the same colour to 21 for black and white. */
export function contraste(uno: string, otro: string): number {
  const [clara, oscura] = [luminancia(uno), luminancia(otro)].toSorted((a, b) => b - a)
  return ((clara ?? 0) + 0.05) / ((oscura ?? 0) + 0.05)
}

/** `parte`: how much of `otro` is in it, from 0 to 1. */
export function mezclar(uno: string, otro: string, parte: number): string {
  const otras = partesDe(otro)
  const mezcladas = partesDe(uno).map((propia, canal) =>
    Math.round(propia + ((otras[canal] ?? 0) - propia) * parte)
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${mezcladas.join('')}`
}
