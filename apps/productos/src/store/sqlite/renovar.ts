import { isUniqueViolation, type Storage } from '@encargo/storage'
import { derivadosDeAlta, reglasActuales } from '../derivados.ts'
import type { schema } from './tables.ts'

type Client = Storage<typeof schema>['client']

interface Fila {
  n: number
  sku: string
  nombre: string
  descripcion: string
  categoria: string | null
}

/**
 * Derives anew what follows from the products' texts, where an older version of the rules wrote it.
 * Answers the SKUs that are by now another product's as well; they keep their key, by which nobody
 * finds them any more. All of it or nothing, before anybody is served.
 */
export function renovarDerivados({ client }: { readonly client: Client }): string[] {
  const some = client.query<{ n: number }, [number]>(
    'SELECT n FROM productos WHERE reglas < ? LIMIT 1',
  )
  if (!some.get(reglasActuales)) return []
  return client.transaction(() => renovar(client)).immediate()
}

function renovar(client: Client): string[] {
  const rows = client
    .query<Fila, [number]>(
      'SELECT n, sku, nombre, descripcion, categoria FROM productos WHERE reglas < ? ORDER BY n',
    )
    .all(reglasActuales)
  const derive = client.prepare(
    `UPDATE productos SET sku_compacto = ?2, nombre_plegado = ?3, nombre_raices = ?4,
       descripcion_raices = ?5, categoria_plegada = ?6, reglas = ?7 WHERE n = ?1`,
  )
  const rekey = client.prepare(
    'UPDATE productos SET sku_clave = ?2 WHERE n = ?1 AND sku_clave <> ?2',
  )
  const repetidos: string[] = []
  for (const { n, ...textos } of rows) {
    const uno = derivadosDeAlta(textos)
    const { skuCompacto, nombrePlegado, nombreRaices, descripcionRaices, categoriaPlegada } = uno
    derive.run(
      n,
      skuCompacto,
      nombrePlegado,
      nombreRaices,
      descripcionRaices,
      categoriaPlegada,
      reglasActuales,
    )
    try {
      rekey.run(n, uno.skuClave)
    } catch (error) {
      if (!isUniqueViolation(error, 'productos.sku_clave')) throw error
      repetidos.push(textos.sku)
    }
  }
  return repetidos
}
