import type { Impuesto } from './datos.ts'

/** The class of the products of which nobody said another. */
export const claseGeneral = 'general'

/** A class of tax: what it is now, and what it will be next. */
export interface Clase {
  readonly codigo: string
  readonly vigente: Impuesto | undefined
  readonly proximo: Impuesto | undefined
}

/**
 * The classes of a history, the general one first even where it was never said.
 * @param historial the latest first
 */
export function clasesDe(historial: readonly Impuesto[], ahora: number): Clase[] {
  const empezo = ({ desde }: Impuesto) => Date.parse(desde) <= ahora
  const codigos = new Set(historial.map(({ codigo }) => codigo).toSorted())
  codigos.delete(claseGeneral)
  return [claseGeneral, ...codigos].map((codigo) => {
    const suyas = historial.filter((uno) => uno.codigo === codigo)
    return {
      codigo,
      vigente: suyas.find(empezo),
      proximo: suyas.findLast((uno) => !empezo(uno)),
    }
  })
}
