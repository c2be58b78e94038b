import { derivadas } from '../../../apps/productos/src/store/columnas.ts'
import { type Context, countOf } from '../context.ts'
import { checkTaxes } from './taxes.ts'

interface Product {
  id: string
  sku: string
  nombre: string
  descripcion: string
  categoria: string | null
  clave: string
  derivados: string
  precio: number
  ultimo: number | null
}

const products = `
  SELECT id, sku, nombre, descripcion, categoria, precio,
    sku_clave AS clave, json_array(nombre_plegado, categoria_plegada, palabras) AS derivados,
    (SELECT precio FROM prod.precios h WHERE h.producto_n = p.n ORDER BY h.n DESC LIMIT 1) AS ultimo
  FROM prod.productos p`

/** A product's derived columns, and the history of its price, against the product itself. */
export function checkCatalogue(context: Context): void {
  const { client, tally, progress } = context
  progress('reading the catalogue', 0)
  tally.checked('catalogue', countOf(client, 'SELECT count(*) FROM prod.productos'))
  const isTaken = client.query('SELECT 1 FROM prod.productos WHERE sku_clave = ?')
  for (const product of client.query<Product, []>(products).iterate()) {
    const { id, precio, ultimo } = product
    const wrong = (what: string, remedy: string | null) =>
      tally.wrong('catalogue', `product ${id}`, what, remedy)
    if (ultimo !== precio) {
      wrong(
        `costs ${precio}, the history of its price ends in ${ultimo ?? 'nothing'}`,
        `PATCH /productos/${id} with another price, then with the right one`,
      )
    }
    const { sku_clave: clave } = derivadas.sku(product.sku)
    const derivados = {
      ...derivadas.nombre(product.nombre),
      ...derivadas.categoria(product.categoria),
      ...derivadas.textos(product),
    }
    if (product.clave !== clave && isTaken.get(clave)) {
      tally.notice("products whose SKU is another one's too, in other letters", product.sku)
    } else if (
      product.clave !== clave ||
      product.derivados !== JSON.stringify(Object.values(derivados))
    ) {
      wrong(
        'is told apart, sorted, filed or found by another text than its own',
        `UPDATE productos SET reglas = 0 WHERE id = '${id}' in productos.db, then start productos`,
      )
    }
  }
  checkPictures(context)
  checkTaxes(context)
}

/** Pictures are named by what is in them, and kept for as long as a product names them. */
function checkPictures({ client, tally, progress }: Context): void {
  const missing = client.query<{ id: string; url: string }, []>(`
    SELECT id, imagen_url AS url FROM prod.productos p WHERE imagen_url GLOB '/imagenes/*'
      AND NOT EXISTS (SELECT 1 FROM prod.imagenes i WHERE '/imagenes/' || i.hash = p.imagen_url)`)
  for (const { id, url } of missing.iterate()) {
    tally.wrong('catalogue', `product ${id}`, `its picture ${url} is not there`, 'upload it again')
  }
  const pictures = client.query<
    { hash: string; bytes: Uint8Array; free: number | null; used: number },
    []
  >(`
    SELECT hash, bytes, libre_desde AS free,
      EXISTS (SELECT 1 FROM prod.productos p WHERE p.imagen_url = '/imagenes/' || i.hash) AS used
    FROM prod.imagenes i`)
  progress('reading the pictures', 0)
  for (const { hash, bytes, free, used } of pictures.iterate()) {
    if (new Bun.CryptoHasher('sha256').update(bytes).digest('hex') !== hash) {
      tally.wrong('catalogue', `picture ${hash}`, 'is not what its name says', 'upload it again')
    }
    // Without this the picture would be removed under a product, or never.
    if ((used === 1) !== (free === null)) {
      const what =
        used === 1 ? 'is in use, and noted as free' : 'is in no use, and not noted as free'
      tally.wrong('catalogue', `picture ${hash}`, what)
    }
  }
}
