/** A percentage as it is typed, `10,5` or `10.5 %`, in hundredths of a percent; undefined: it is none. */
export function leerTasa(escrita: string): number | undefined {
  const [, enteros = '', decimales = ''] =
    /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\s*$/.exec(escrita) ?? []
  if (enteros === '') return undefined
  const tasa = Number(enteros + decimales.padEnd(2, '0'))
  return tasa > 10_000 ? undefined : tasa
}

/** As it is typed in `region`, without its sign. */
export const tasaParaEditar = (tasa: number, region: string): string =>
  new Intl.NumberFormat(region, { maximumFractionDigits: 2, useGrouping: false }).format(tasa / 100)
