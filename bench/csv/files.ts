/** The products of the files: names and texts of the length that a shop's have. */
const words = ['café', 'té', 'mora', 'ñandú', 'quinua', 'barro', 'pañuelo', 'loza']
const word = (index: number) => words[index % words.length] ?? ''

export const skuOf = (index: number) => `ARTICULO-${String(index).padStart(5, '0')}`

function description(index: number, edition: string): string {
  return `Hecho a mano en ${word(index)} y ${word(index * 3)}, número ${index}, con garantía de un año y entrega en toda la ciudad${edition}`
}

const csv = (header: string, rows: number, row: (index: number) => string) =>
  [header, ...Array.from({ length: rows }, (_, index) => row(index))].join('\r\n')

/** All columns; `edition` changes the texts and `cents` the prices. */
export function productsFile(rows: number, { edition = '', cents = 0 } = {}): string {
  const header = 'sku,nombre,descripcion,precio,categoria,imagenUrl,activo,atributos'
  return csv(header, rows, (index) => {
    const nombre = `${word(index)} ${word(index * 5)} ${index}${edition}`
    const precio = `${index % 500}.${String((index + cents) % 100).padStart(2, '0')}`
    const texts = `${nombre},"${description(index, edition)}"`
    return `${skuOf(index)},${texts},${precio},Categoría ${index % 40},,true,"{""color"":""${word(index)}""}"`
  })
}

/** Counts by SKU. */
export function stockFile(rows: number, extra = 0): string {
  const row = (index: number) => `${skuOf(index)},${100 + (index % 50) + extra},5`
  return csv('sku,fisico,umbralMinimo', rows, row)
}
