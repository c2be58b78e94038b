/**
 * Time in stretches. The shortest is a quarter of an hour: every time zone's midnight since 1972
 * falls on the edge of one, so days of any zone are whole stretches.
 */
export const cuartoMs = 15 * 60 * 1000

/** How many quarters of an hour a stretch of each level has: one, a day in UTC, 32 such days. */
export const niveles = [1, 96, 96 * 32] as const

/** A span of time in quarters of an hour since the epoch: from `desde` up to but without `hasta`. */
export interface Lapso {
  readonly desde: number
  readonly hasta: number
}

/** Stretches of one level, counted in their own length since the epoch. */
export interface Segmento extends Lapso {
  readonly nivel: number
}

/**
 * The fewest stretches that make up a span exactly: long ones in its middle, shorter ones towards
 * its ends. So a year is read from some dozen stretches, not from 35 000.
 */
export function segmentosDe({ desde, hasta }: Lapso, nivel = niveles.length - 1): Segmento[] {
  const largo = niveles[nivel]
  if (largo === undefined || desde >= hasta) return []
  const primero = Math.ceil(desde / largo)
  const fin = Math.floor(hasta / largo)
  if (primero >= fin) return segmentosDe({ desde, hasta }, nivel - 1)
  return [
    ...segmentosDe({ desde, hasta: primero * largo }, nivel - 1),
    { nivel, desde: primero, hasta: fin },
    ...segmentosDe({ desde: fin * largo, hasta }, nivel - 1),
  ]
}
