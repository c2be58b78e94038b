import filas from './catalogo.tsv' with { type: 'text' }

/** One product of the demo shop, with the stock it starts with: a line of `catalogo.tsv`. */
export interface ProductoDemo {
  /** Three letters for the category, then words: `CAF-LOJA-250`. */
  readonly sku: string
  readonly nombre: string
  readonly descripcion: string
  /** Integer minor units of USD: `1250` is 12,50. */
  readonly precio: number
  readonly categoria: string
  readonly atributos: Readonly<Record<string, string>>
  /** Units in the warehouse on the first day; 0 is sold out. */
  readonly existencia: number
  /** At or below this many units the back office shows the product as running low. */
  readonly umbralMinimo: number
  /** The code of its tax: one of those in `venta.ts`. */
  readonly claseImpuesto: string
  /** With what it is packed in. */
  readonly pesoGramos: number
}

function leer(fila: string): ProductoDemo {
  const [sku = '', precio, existencia, umbralMinimo, claseImpuesto = '', peso, ...textos] =
    fila.split('\t')
  const [categoria = '', nombre = '', descripcion = '', atributos = ''] = textos
  return {
    sku,
    nombre,
    descripcion,
    precio: Number(precio),
    categoria,
    atributos: Object.fromEntries(atributos.split('; ').map((uno) => uno.split('='))),
    existencia: Number(existencia),
    umbralMinimo: Number(umbralMinimo),
    claseImpuesto,
    pesoGramos: Number(peso),
  }
}

/** Everything the demo shop sells, shelf by shelf: a neighbourhood store in Cuenca, Ecuador. */
export const catalogo: readonly ProductoDemo[] = filas.trimEnd().split('\n').slice(1).map(leer)
