import { apuntar, listarAuditoria } from '@encargo/service-kit/audit/log'
import { type Engine, type Script, statement } from '@encargo/storage'
import { apunteDeAlta } from '../domain/auditoria.ts'
import type { Busqueda } from '../domain/busqueda.ts'
import {
  type Articulo,
  type Cambios,
  type Categoria,
  type PrecioHistorico,
  type Producto,
  recienCreado,
} from '../domain/producto.ts'
import type {
  Alta,
  Archivado,
  Ausente,
  Edicion,
  Editado,
  Objetivo,
  ProductosStore,
} from '../ports.ts'
import { buscar, hallazgoDe, porIdsHallados } from './busqueda.ts'
import { cambiar, insertar } from './cambio.ts'
import { aProducto, enOrden, porId, porIds } from './filas.ts'
import { faltaImagen, imagenes } from './imagenes.ts'
import { faltaClase, impuestos } from './impuestos.ts'
import { surtido } from './surtido.ts'

// Every purchase comes by here, in one statement, as each one takes and gives back SQLite's locks.
export const articulos = statement<
  Omit<Articulo, 'activo'> & { readonly activo: number },
  [ids: string, ahora: number]
>(
  `SELECT id, sku, p.nombre AS nombre, precio, activo, categoria, clase_impuesto AS "claseImpuesto",
     peso_gramos AS "pesoGramos", coalesce(i.tasa, 0) AS tasa, coalesce(i.modo, 'incluido') AS modo
   FROM productos p LEFT JOIN impuestos i ON i.codigo = p.clase_impuesto AND i.desde = (
     SELECT max(v.desde) FROM impuestos v WHERE v.codigo = p.clase_impuesto AND v.desde <= ?2)
   WHERE id IN (SELECT value FROM json_each(?1))`,
)
// Spellings that differ in case or accents are one category, shown in one of them.
export const categorias = statement<Categoria, []>(
  `SELECT min(categoria) AS nombre, count(*) AS productos FROM productos
   WHERE activo = 1 AND categoria_plegada IS NOT NULL
   GROUP BY categoria_plegada ORDER BY categoria_plegada`,
)
const precios = statement<PrecioHistorico, [productoN: number, antesDe: number, limite: number]>(
  `SELECT n, precio, desde, usuario_id AS "usuarioId" FROM precios
   WHERE producto_n = ?1 AND n < ?2 ORDER BY n DESC LIMIT ?3`,
)

function* hallar(
  ids: readonly string[],
  palabras: NonNullable<Busqueda['palabras']>,
): Script<Producto[]> {
  if (palabras.length === 0) return []
  const expresion = (yield* hallazgoDe(palabras)) ?? ''
  const filas = yield* porIdsHallados(ids, expresion)
  return enOrden(ids, filas, ({ id }) => id, aProducto)
}

function* preciosDe(
  id: string,
  { limite, antesDe = Number.MAX_SAFE_INTEGER }: Parameters<ProductosStore['precios']>[1],
): Script<readonly PrecioHistorico[] | undefined> {
  const fila = yield* porId.get(id)
  return fila && (yield* precios.all(fila.n, antesDe, limite + 1))
}

/** What these changes name and is not there. */
function* ausente({ imagenUrl, claseImpuesto }: Cambios): Script<Ausente | undefined> {
  if (yield* faltaImagen(imagenUrl)) return { tipo: 'imagen-inexistente' }
  if (yield* faltaClase(claseImpuesto)) return { tipo: 'impuesto-desconocido' }
  return undefined
}

function* crear(...[id, datos, autoria]: Parameters<ProductosStore['crear']>): Script<Alta> {
  const falta = yield* ausente(datos)
  if (falta) return falta
  yield* insertar([{ id, datos }], autoria)
  yield* apuntar(apunteDeAlta(id, datos, autoria))
  return { tipo: 'creado', producto: recienCreado(id, datos, autoria.ahora) }
}

function* editar(edicion: Edicion): Script<Editado> {
  const fila = yield* porId.get(edicion.id)
  if (!fila) return { tipo: 'no-encontrado' }
  const falta = yield* ausente(edicion.cambios)
  if (falta) return falta
  return yield* cambiar(fila, edicion)
}

function* archivar(objetivo: Objetivo): Script<Archivado> {
  const fila = yield* porId.get(objetivo.id)
  if (!fila) return { tipo: 'no-encontrado' }
  if (fila.activo === 0) return { tipo: 'guardado', producto: aProducto(fila) }
  return yield* cambiar(fila, { ...objetivo, cambios: { activo: false } })
}

/** Reads answer from committed data; writes resolve when they are on disk. */
export function createProductosStore(engine: Engine): ProductosStore {
  /** The table itself refuses a SKU twice, so two writers cannot both find it free. */
  const skuEnUso = (error: unknown) => {
    if (engine.isDuplicate(error, 'productos.sku_clave')) return { tipo: 'sku-en-uso' } as const
    throw error
  }
  return {
    ...imagenes(engine),
    ...impuestos(engine),
    ...surtido(engine),
    auditoria: listarAuditoria(engine),
    async porId(id) {
      const fila = await engine.ask(porId.get(id))
      return fila && aProducto(fila)
    },
    async porIds(ids, palabras) {
      if (palabras !== undefined) return await engine.read(() => hallar(ids, palabras))
      const filas = await engine.ask(porIds.all(JSON.stringify(ids)))
      return enOrden(ids, filas, ({ id }) => id, aProducto)
    },
    async articulos(ids, ahora) {
      const filas = await engine.ask(articulos.all(JSON.stringify(ids), ahora))
      const visto = (fila: (typeof filas)[number]) => ({ ...fila, activo: fila.activo === 1 })
      return enOrden(ids, filas, ({ id }) => id, visto)
    },
    buscar: (busqueda) => engine.read(() => buscar(busqueda)),
    categorias: () => engine.ask(categorias.all()),
    precios: (id, pagina) => engine.read(() => preciosDe(id, pagina)),
    crear: (...alta) => engine.write(() => crear(...alta)).catch(skuEnUso),
    editar: (edicion) => engine.write(() => editar(edicion)).catch(skuEnUso),
    archivar: (objetivo) => engine.write(() => archivar(objetivo)),
  }
}
