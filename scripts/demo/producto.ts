/** One product of the demo shop, with the stock it starts with. */
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
}
