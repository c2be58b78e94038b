import { useMemo } from 'react'
import { useLengua } from '../textos/idioma.ts'

const kib = 1024
const mib = kib * kib

/** Sizes, shares and counts as the reader writes them. */
export function useMedidas() {
  const { region } = useLengua()
  return useMemo(() => {
    const entero = new Intl.NumberFormat(region)
    const parte = new Intl.NumberFormat(region, { style: 'percent' })
    const decimal = new Intl.NumberFormat(region, { maximumFractionDigits: 1 })
    const arriba = (cuanto: number) => decimal.format(Math.ceil(cuanto * 10) / 10)
    return {
      numero: (cuantos: number) => entero.format(cuantos),
      /** `cuanto`: a share of 1. */
      parte: (cuanto: number) => parte.format(cuanto),
      /** Rounded up, so that what is a little over a limit does not look like it. */
      tamano: (bytes: number) =>
        bytes < mib ? `${arriba(bytes / kib)} KiB` : `${arriba(bytes / mib)} MiB`,
    }
  }, [region])
}
