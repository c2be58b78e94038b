interface Formato {
  readonly dinero: (importe: number) => string
  readonly tasa: (tasa: number) => string
  readonly fecha: (iso: string) => string
}

/** The details of a line, with the amounts, rates and moments in it as people write them. */
export const detalleLegible = (detalle: string, { dinero, tasa, fecha }: Formato): string =>
  detalle
    .replace(/^tasa .*(?=, desde )/, (parte) => parte.replaceAll(/\d+/g, (n) => tasa(Number(n))))
    .replace(/(?<=^|, )(?:precio|importe) \d+(?: -> \d+)?/, (parte) =>
      parte.replaceAll(/\d+/g, (n) => dinero(Number(n))),
    )
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, fecha)
