import { type Engine, type Script, statement } from '@encargo/storage'
import { derivadas, reglasActuales } from './columnas.ts'

interface Textos {
  readonly n: number
  readonly sku: string
  readonly nombre: string
  readonly descripcion: string
  readonly categoria: string | null
}

const alguna = statement<{ n: number }, [reglas: number]>(
  'SELECT n FROM productos WHERE reglas < ?1 LIMIT 1',
)
const anteriores = statement<Textos, [reglas: number]>(
  'SELECT n, sku, nombre, descripcion, categoria FROM productos WHERE reglas < ?1 ORDER BY n',
)
const derivar = statement<
  never,
  [n: number, string, string, string, string, categoria: string | null, reglas: number]
>(
  `UPDATE productos SET sku_compacto = ?2, nombre_plegado = ?3, nombre_raices = ?4,
     descripcion_raices = ?5, categoria_plegada = ?6, reglas = ?7 WHERE n = ?1`,
)
const poseedor = statement<{ n: number }, [clave: string]>(
  'SELECT n FROM productos WHERE sku_clave = ?1',
)
const renombrar = statement<never, [n: number, clave: string]>(
  'UPDATE productos SET sku_clave = ?2 WHERE n = ?1',
)

/**
 * Derives anew what follows from the products' texts, where an older version of the rules wrote it.
 * Answers the SKUs that are by now another product's as well; they keep their key, by which nobody
 * finds them any more. All of it or nothing, before anybody is served.
 */
export async function renovarDerivados(engine: Engine): Promise<readonly string[]> {
  const hay = await engine.ask(alguna.get(reglasActuales))
  return hay ? await engine.write(renovar) : []
}

function* renovar(): Script<string[]> {
  const repetidos: string[] = []
  for (const { n, sku, nombre, descripcion, categoria } of yield* anteriores.all(reglasActuales)) {
    const { sku_clave, sku_compacto } = derivadas.sku(sku)
    const { nombre_plegado, nombre_raices } = derivadas.nombre(nombre)
    const { descripcion_raices } = derivadas.descripcion(descripcion)
    const { categoria_plegada } = derivadas.categoria(categoria)
    yield* derivar.run(
      n,
      sku_compacto,
      nombre_plegado,
      nombre_raices,
      descripcion_raices,
      categoria_plegada,
      reglasActuales,
    )
    const suyo = yield* poseedor.get(sku_clave)
    if (suyo && suyo.n !== n) repetidos.push(sku)
    else if (!suyo) yield* renombrar.run(n, sku_clave)
  }
  return repetidos
}
