import type { Producto } from '../../datos/productos.ts'

/** What staff writes of a product, in the order of the form. */
export const camposFicha = [
  'nombre',
  'sku',
  'precio',
  'categoria',
  'descripcion',
  'imagenUrl',
  'atributos',
  'claseImpuesto',
  'pesoGramos',
] as const
export type CampoFicha = (typeof camposFicha)[number]
/** Prices in minor units. */
export type Ficha = Pick<Producto, CampoFicha>

export const fichaDe = ({
  nombre,
  sku,
  precio,
  categoria,
  descripcion,
  imagenUrl,
  atributos,
  claseImpuesto,
  pesoGramos,
}: Ficha): Ficha => ({
  nombre,
  sku,
  precio,
  categoria,
  descripcion,
  imagenUrl,
  atributos,
  claseImpuesto,
  pesoGramos,
})

const deAtributos = (atributos: Ficha['atributos']) =>
  JSON.stringify(Object.entries(atributos).toSorted(([a], [b]) => (a < b ? -1 : 1)))

/** Whether both say the same of `campo`, whatever the order of what is in it. */
export function mismo(campo: CampoFicha, una: Ficha, otra: Ficha): boolean {
  if (campo !== 'atributos') return una[campo] === otra[campo]
  return deAtributos(una.atributos) === deAtributos(otra.atributos)
}

/** What of `antes` is another in `despues`: all that has to be sent. */
export function cambiosEntre(antes: Ficha, despues: Ficha): Partial<Ficha> {
  const cambiados = camposFicha.filter((campo) => !mismo(campo, antes, despues))
  return Object.fromEntries(cambiados.map((campo) => [campo, despues[campo]]))
}

export type Lado = 'mio' | 'suyo'

/** A field that somebody else changed while it was being edited here. */
export interface Cruce {
  readonly campo: CampoFicha
  readonly antes: Ficha
  readonly mia: Ficha
  readonly suya: Ficha
  /** Both changed it, and not to the same: only here is there something to choose. */
  readonly choca: boolean
}

/** What somebody else changed since `antes` was read, and what of it meets a change made here. */
export function crucesDe(antes: Ficha, mia: Ficha, suya: Ficha): Cruce[] {
  return camposFicha
    .filter((campo) => !mismo(campo, antes, suya))
    .map((campo) => ({
      campo,
      antes,
      mia,
      suya,
      choca: !mismo(campo, antes, mia) && !mismo(campo, mia, suya),
    }))
}

/**
 * All that both changed. Where both changed the same field, `elegidos` says whose counts; theirs,
 * where it says nothing.
 */
export function fusionar(
  { antes, mia, suya }: { antes: Ficha; mia: Ficha; suya: Ficha },
  elegidos: Readonly<Partial<Record<CampoFicha, Lado>>>,
): Ficha {
  const chocan = new Set(crucesDe(antes, mia, suya).flatMap((uno) => (uno.choca ? uno.campo : [])))
  const esMio = (campo: CampoFicha) =>
    chocan.has(campo) ? elegidos[campo] === 'mio' : !mismo(campo, antes, mia)
  const mios = camposFicha.filter(esMio).map((campo) => [campo, mia[campo]])
  return { ...fichaDe(suya), ...Object.fromEntries(mios) }
}
