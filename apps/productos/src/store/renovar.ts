import { type Engine, type Script, statement } from '@encargo/storage'
import { derivadas, reglasActuales } from './columnas.ts'
import { deLote, porN } from './lote.ts'

interface Textos {
  readonly n: number
  readonly clave: string
  readonly sku: string
  readonly nombre: string
  readonly descripcion: string
  readonly categoria: string | null
}

/** How many products are derived anew in one write. */
const porVez = 500

const alguna = statement<{ n: number }, [reglas: number]>(
  'SELECT n FROM productos WHERE reglas < ?1 LIMIT 1',
)
const anteriores = statement<Textos, [reglas: number, tras: number]>(
  `SELECT n, sku_clave AS clave, sku, nombre, descripcion, categoria FROM productos
   WHERE reglas < ?1 AND n > ?2 ORDER BY n LIMIT ${porVez}`,
)
const poseedores = statement<{ n: number; clave: string }, [claves: string]>(
  `SELECT n, sku_clave AS clave FROM productos
   WHERE sku_clave IN (SELECT value FROM json_each(?1))`,
)

/**
 * Derives anew what follows from the products' texts, where an older version of the rules wrote it.
 * Answers the SKUs that are by now another product's as well; they keep their key, by which nobody
 * finds them any more. Some at a time, before this process serves anybody: what one that is cut short
 * has left, the next start does, and of several that start together each finds what is left.
 */
export async function renovarDerivados(engine: Engine): Promise<readonly string[]> {
  if (!(await engine.ask(alguna.get(reglasActuales)))) return []
  const repetidos: string[] = []
  let tras: number | undefined = 0
  while (tras !== undefined) {
    const desde: number = tras
    const hecho: Renovados = await engine.write(() => renovar(desde))
    repetidos.push(...hecho.repetidos)
    tras = hecho.ultimo
  }
  return repetidos
}

const columnas = ['n', 'sku_clave', 'nombre_plegado', 'categoria_plegada', 'palabras']

interface Renovados {
  readonly repetidos: readonly string[]
  /** The number of the last one; undefined after the end. */
  readonly ultimo: number | undefined
}

function* renovar(tras: number): Script<Renovados> {
  const textos = yield* anteriores.all(reglasActuales, tras)
  const claves = textos.map(({ sku }) => derivadas.sku(sku).sku_clave)
  const suyos = yield* poseedores.all(JSON.stringify(claves))
  const poseedor = new Map(suyos.map(({ n, clave }) => [clave, n]))
  const repetidos: string[] = []
  const filas = textos.map((texto, at) => {
    const { n, sku, nombre, categoria } = texto
    const nueva = claves[at] ?? texto.clave
    const libre = poseedor.getOrInsert(nueva, n) === n
    if (!libre) repetidos.push(sku)
    const { nombre_plegado } = derivadas.nombre(nombre)
    const { categoria_plegada } = derivadas.categoria(categoria)
    const { palabras } = derivadas.textos(texto)
    return [n, libre ? nueva : texto.clave, nombre_plegado, categoria_plegada, palabras]
  })
  const puestas = columnas.slice(1).map((una) => `${una} = d.${una}`)
  yield* deLote(
    columnas,
    filas,
    { antes: `UPDATE productos SET ${puestas.join(', ')}, reglas = ?2 FROM`, despues: porN },
    reglasActuales,
  )
  return { repetidos, ultimo: textos.length < porVez ? undefined : textos.at(-1)?.n }
}
