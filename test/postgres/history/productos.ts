import { palabrasDe } from '../../../apps/productos/src/domain/busqueda.ts'
import { imagenDe, rutaImagen } from '../../../apps/productos/src/domain/imagen.ts'
import { claseGeneral, modos } from '../../../apps/productos/src/domain/impuesto.ts'
import { type Cambios, datosDeAlta } from '../../../apps/productos/src/domain/producto.ts'
import type { FilaSurtido } from '../../../apps/productos/src/domain/surtido.ts'
import type { Hallado, Importacion, ProductosStore } from '../../../apps/productos/src/ports.ts'
import { openProductosPostgres } from '../../../apps/productos/src/store/postgres/open.ts'
import { openProductosStorage } from '../../../apps/productos/src/store/sqlite/open.ts'
import { createProductosStore } from '../../../apps/productos/src/store/store.ts'
import type { Both } from './both.ts'
import { type Chance, Known } from './chance.ts'
import { type Asker, type Maker, often, operation } from './operation.ts'

type Store = ProductosStore

export async function openProductos(url: string): Promise<Both<Store>> {
  const sqlite = openProductosStorage(':memory:')
  const postgres = await openProductosPostgres(url)
  return {
    sqlite: createProductosStore(sqlite),
    postgres: createProductosStore(postgres),
    storages: { sqlite, postgres },
  }
}

/** A catalogue that several people edit, by hand and by files. */
export function productos({ below, of, once, id, many, text }: Chance): Asker<Store> {
  const hechos = new Known<string>()
  const ids = hechos.all
  hechos.add(id())
  const imagenes = many(6, (n) => imagenDe('image/png', new Uint8Array([137, 80, n, 0, 255, 92])))
  /** Where lists went on to. */
  let lugares: Hallado['lugar'][] = []
  let ahora = 100 * 24 * 3_600_000
  const moment = () => ahora + of(0, 0, 1, -3, 12)
  const producto = () => (once(15) ? id() : (ids[below(ids.length)] ?? ''))
  const sku = () => `${of('Ñ', 'sku', 'SKU', 'a')}-${below(300)}`
  const imagen = () =>
    imagenes[below(imagenes.length)] ?? imagenDe('image/png', new Uint8Array([1]))
  const limite = () => of(1, 3, 20)
  const autoria = () => ({ usuarioId: of('ana', 'luis'), ahora: moment() })
  const objetivo = () => ({
    ...autoria(),
    id: producto(),
    admite: (version: number) => version % 9 !== 8,
  })

  /** Some of what a product has. */
  function cambios(): Cambios {
    const todos: Cambios = {
      sku: sku(),
      nombre: text(4),
      descripcion: text(30),
      precio: below(of(10, 1_000_000)),
      categoria: of(null, 'Té y más', 'te y MAS', text(2)),
      imagenUrl: of(null, 'https://example.com/a.png', rutaImagen(imagen().hash)),
      atributos: once(2) ? {} : { color: text(2), [`peso ${below(3)}`]: '"5"' },
      activo: !once(4),
      claseImpuesto: of(claseGeneral, 'reducido', 'nadie'),
      pesoGramos: of(null, 0, below(5000)),
    }
    return Object.fromEntries(Object.entries(todos).filter(() => once(3)))
  }

  const filas = (): FilaSurtido[] =>
    many(1 + below(9), (at) => {
      const era = (campo: string) => campo !== 'precio' && at % 3 !== 0
      const { sku: _, ...pedidos } = cambios()
      const nuevo = once(2) ? {} : { nombre: text(3), precio: below(99) }
      // Each row is of another product: a file that says one twice is refused before.
      const fila = { fila: at + 2, sku: `${of('Ñ', 'sku')}-${at * 30 + below(30)}` }
      const exportada = of(undefined, { id: producto(), era })
      return { ...fila, cambios: { ...pedidos, ...nuevo }, exportada }
    })
  function importacion(): () => Importacion {
    const datos = {
      ...autoria(),
      filas: filas(),
      moneda: 'USD',
      muestra: 5,
      omitirConflictos: once(2),
    }
    const nuevos = many(datos.filas.length, () => id())
    for (const uno of nuevos.slice(0, 2)) hechos.add(uno)
    return () => {
      let n = 0
      return { ...datos, previa: undefined, uuid: () => nuevos[n++] ?? '' }
    }
  }

  const crear: Maker<Store> = () => {
    const nuevo = id()
    const base = datosDeAlta({ sku: sku(), nombre: text(4), precio: below(1000) })
    const [datos, quien] = [{ ...base, ...cambios() }, autoria()]
    return operation('crear', (store) => store.crear(nuevo, datos, quien), {
      learn: ({ tipo }) => tipo === 'creado' && hechos.add(nuevo),
    })
  }
  const editar: Maker<Store> = () => {
    const edicion = { ...objetivo(), cambios: cambios() }
    return operation('editar', (store) => store.editar(edicion))
  }
  const archivar: Maker<Store> = () => {
    const cual = objetivo()
    return operation('archivar', (store) => store.archivar(cual))
  }
  const ponerImagen: Maker<Store> = () => {
    const [cual, una] = [objetivo(), imagen()]
    return operation('ponerImagen', (store) => store.ponerImagen(cual, una))
  }

  const ponerImpuesto: Maker<Store> = () => {
    const codigo = of(claseGeneral, 'reducido', 'cero')
    const cambio = {
      codigo,
      nombre: of('IVA', 'VAT'),
      tasa: of(0, 1200, 1500),
      modo: of(...modos),
      desde: once(2) ? undefined : moment() + of(0, 1, 5000, -5000),
    }
    const quien = autoria()
    return operation('ponerImpuesto', (store) => store.ponerImpuesto(cambio, quien))
  }

  const buscar: Maker<Store> = () => {
    const tras = lugares[below(lugares.length * 2)]
    const palabras = once(2) ? palabrasDe(text(2).slice(0, 1 + below(12))) : undefined
    const orden = tras?.[0] ?? of('relevancia', 'nombre', 'precio', '-precio', '-creadoEn')
    const busqueda = {
      palabras,
      orden: palabras || orden !== 'relevancia' ? orden : 'nombre',
      tras: palabras || orden !== 'relevancia' ? tras : undefined,
      categoria: once(4) ? of('te y mas', 'Té y más') : undefined,
      precioMin: once(4) ? below(500) : undefined,
      precioMax: once(4) ? below(1000) : undefined,
      activo: !once(4),
      limite: limite(),
    }
    return operation('buscar', (store) => store.buscar(busqueda), {
      learn: (hallados) => void (lugares = hallados.map(({ lugar }) => lugar)),
    })
  }
  const porIds: Maker<Store> = () => {
    const [de, palabras] = [many(1 + below(6), producto), once(2) ? palabrasDe(text(2)) : undefined]
    return operation('porIds', (store) => store.porIds(de, palabras))
  }
  const porSkus: Maker<Store> = () => {
    const de = many(1 + below(6), sku)
    return operation('porSkus', (store) => store.porSkus(de))
  }
  const articulos: Maker<Store> = () => {
    const [de, en] = [many(1 + below(6), producto), moment()]
    return operation('articulos', (store) => store.articulos(de, en))
  }
  const precios: Maker<Store> = () => {
    const [de, antesDe] = [producto(), once(2) ? undefined : below(300)]
    const pagina = { limite: limite(), antesDe }
    return operation('precios', (store) => store.precios(de, pagina))
  }
  const recorrer: Maker<Store> = () => {
    const tramo = { archivados: once(2), despuesDe: below(ids.length), limite: limite() }
    return operation('recorrer', (store) => store.recorrer(tramo))
  }

  return {
    tick: () => void (ahora += of(1, 1, 7, 900, -20, once(9) ? 13 * 3_600_000 : 40_000)),
    writes: often(1, crear, crear, editar, editar, editar, archivar, ponerImagen, ponerImpuesto),
    reads: [
      ...often(4, buscar),
      ...often(1, porIds, porIds, porSkus, articulos, precios, recorrer),
      () => operation('categorias', (store) => store.categorias()),
      () => {
        const en = moment()
        return operation('impuestos', (store: Store) => store.impuestos(en))
      },
      () => {
        const filtro = {
          ...(once(3) ? { accion: of('producto-editado', 'impuesto-puesto') } : {}),
          ...(once(3) ? { actorId: of('ana', 'luis') } : {}),
          ...(once(3) ? { sujetoId: once(2) ? producto() : claseGeneral } : {}),
          ...(once(3) ? { antesDe: below(900) } : {}),
          limite: limite(),
        }
        return operation('auditoria', (store: Store) => store.auditoria(filtro))
      },
      () => operation('historialImpuestos', (store: Store) => store.historialImpuestos(20)),
      () => {
        const de = producto()
        return operation('porId', (store: Store) => store.porId(de))
      },
      () => {
        const { hash } = imagen()
        return operation('imagen', (store: Store) => store.imagen(hash))
      },
      () => {
        const una = importacion()
        return operation('simular', (store: Store) => store.simular(una()))
      },
    ],
    alone: [
      () => {
        const una = importacion()
        return operation('importar', (store: Store) => store.importar(una()))
      },
    ],
  }
}
