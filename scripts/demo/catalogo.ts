import { cafe } from './catalogo/cafe.ts'
import { chocolate } from './catalogo/chocolate.ts'
import { cocina } from './catalogo/cocina.ts'
import { despensa } from './catalogo/despensa.ts'
import { hogar } from './catalogo/hogar.ts'
import { infusiones } from './catalogo/infusiones.ts'
import { papeleria } from './catalogo/papeleria.ts'
import { textiles } from './catalogo/textiles.ts'
import type { ProductoDemo } from './producto.ts'

export type { ProductoDemo } from './producto.ts'

/** The demo shop: a neighbourhood store in Cuenca, Ecuador, a country that pays in USD. */
export const tienda = { nombre: 'Casa Capulí', ciudad: 'Cuenca', pais: 'EC' } as const

/** Everything the demo shop sells, shelf by shelf. */
export const catalogo: readonly ProductoDemo[] = [
  ...cafe,
  ...chocolate,
  ...infusiones,
  ...despensa,
  ...cocina,
  ...papeleria,
  ...textiles,
  ...hogar,
]
