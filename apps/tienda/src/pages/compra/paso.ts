export const ultimoPaso = 3

interface EnPaso {
  readonly paso?: 2 | 3
}

/** As an address says it; the first one needs no word. */
export const aPaso = (paso: number): EnPaso => (paso === 2 || paso === ultimoPaso ? { paso } : {})

/** The step of the checkout that an address names. */
export const leerPaso = (busqueda: Readonly<Record<string, unknown>>): EnPaso =>
  aPaso(Number(busqueda['paso']))
