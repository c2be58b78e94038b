import { beforeAll, describe, expect, test } from 'bun:test'
import type { Busqueda, Lugar, Orden } from '../../src/domain/busqueda.ts'
import { imagenDe, rutaImagen } from '../../src/domain/imagen.ts'
import type { CambioImpuesto } from '../../src/domain/impuesto.ts'
import { datosDeAlta, type DatosProducto, type Producto } from '../../src/domain/producto.ts'
import { graciaImagenMs, type Importacion, type ProductosStore } from '../../src/ports.ts'

const words = ['café', 'té', 'mora', 'ñandú', 'quinua', 'barro', 'pañuelo']
const orders = ['nombre', 'precio', '-precio', '-creadoEn', 'relevancia'] as const
const base = Date.UTC(2026, 0, 1)
const autoria = { usuarioId: 'x', ahora: base }

/** Names and prices repeat, so that only the tie-break tells many products apart. */
export const datosDe = (index: number): DatosProducto => ({
  ...datosDeAlta({
    sku: `SKU-${index}`,
    nombre: `${words[index % 7]} ${words[(index * 3) % 5]} ${index % 400}`,
    descripcion: `Producto ${index}`,
    precio: (index * 7919) % 1000,
    categoria: `Categoría ${index % 12}`,
  }),
  activo: index % 50 !== 0,
})

/** Times repeat as well. */
export function crearUno(store: ProductosStore, index: number) {
  const ahora = base + ((index * 104729) % 2000) * 1000
  return store.crear(Bun.randomUUIDv7(), datosDe(index), { usuarioId: 'x', ahora })
}

export const busqueda = (changes: Partial<Busqueda>): Busqueda => ({
  orden: 'nombre',
  activo: true,
  limite: 50,
  ...changes,
})

let serial = 0
const alta = (changes: Partial<DatosProducto> = {}): DatosProducto => {
  serial += 1
  return { ...datosDeAlta({ sku: `UNO-${serial}`, nombre: 'Uno', precio: 100 }), ...changes }
}

const objetivo = (id: string, ahora = base) => ({
  id,
  admite: () => true,
  usuarioId: 'y',
  ahora,
})

const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id)

const fila = (at: number, of: string, cambios: Partial<DatosProducto>) =>
  ({ fila: at, sku: of, cambios, exportada: undefined }) as const

export const importacion = (filas: Importacion['filas']): Importacion => ({
  ...autoria,
  filas,
  uuid: () => Bun.randomUUIDv7(),
  moneda: 'USD',
  muestra: 10,
  omitirConflictos: false,
  previa: undefined,
})

const impuesto = (cambios: Partial<CambioImpuesto> = {}): CambioImpuesto => ({
  codigo: 'general',
  nombre: 'IVA',
  tasa: 1200,
  modo: 'incluido',
  desde: undefined,
  ...cambios,
})

const nuevo = { nombre: 'Anotado', precio: 1 }

/** What stands in a list between two products, as its order tells. */
const after: Readonly<Record<Orden, (one: Producto, next: Producto) => boolean>> = {
  relevancia: () => true,
  nombre: () => true,
  precio: (one, next) => one.precio <= next.precio,
  '-precio': (one, next) => one.precio >= next.precio,
  '-creadoEn': (one, next) => one.creadoEn >= next.creadoEn,
}

/** What whoever keeps the catalogue promises. The store is empty, and closed by who made it. */
export function productosStoreContract(name: string, make: () => ProductosStore): void {
  describe(`the store of productos in ${name}`, () => {
    let store: ProductosStore
    beforeAll(async () => {
      store = make()
      const indexes = Array.from({ length: 1000 }, (_, index) => index)
      await Promise.all(indexes.map((index) => crearUno(store, index)))
    })

    async function creado(changes: Partial<DatosProducto> = {}): Promise<Producto> {
      const hecho = await store.crear(Bun.randomUUIDv7(), alta(changes), autoria)
      if (hecho.tipo !== 'creado') throw new Error(hecho.tipo)
      return hecho.producto
    }

    for (const orden of orders) {
      test(`pages by ${orden} through every product once, in order, while others are added`, async () => {
        const palabras = orden === 'relevancia' ? ['produc'] : undefined
        const before = await store.buscar(busqueda({ orden, palabras, limite: 100_000 }))
        const seen: Producto[] = []
        let tras: Lugar | undefined
        do {
          const page = await store.buscar(busqueda({ orden, palabras, limite: 99, tras }))
          tras = page.length > 99 ? page[98]?.lugar : undefined
          seen.push(...page.slice(0, 99).map(({ producto }) => producto))
          await crearUno(store, 10_000_000 + (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0))
        } while (tras !== undefined)
        const ids = new Set(seen.map(({ id }) => id))
        expect(ids.size).toBe(seen.length)
        expect(before.length).toBeGreaterThan(900)
        expect(before.filter(({ producto }) => !ids.has(producto.id))).toEqual([])
        const pairs = seen.slice(1).map((next, at) => [seen[at], next] as const)
        expect(pairs.every(([one, next]) => one && after[orden](one, next))).toBe(true)
      })
    }

    test('finds by id and SKU in the order asked for, and no order that is not known', async () => {
      const [a, b] = [await creado({ sku: 'Ñandú-1' }), await creado()]
      const asked = [b.id, Bun.randomUUIDv7(), a.id]
      expect(ids(await store.porIds(asked))).toEqual([b.id, a.id])
      expect(ids(await store.articulos(asked, base))).toEqual([b.id, a.id])
      expect(ids(await store.porIds(asked, ['nandu']))).toEqual([a.id])
      expect(await store.porIds(asked, [])).toEqual([])
      expect(ids(await store.porSkus([b.sku, 'nadie', 'ÑANDÚ-1']))).toEqual([b.id, a.id])
      expect(await store.porId(a.id)).toEqual(a)
      expect(await store.porId(Bun.randomUUIDv7())).toBeUndefined()
    })

    test('lets one of many have a SKU', async () => {
      const all = await Promise.all(
        Array.from({ length: 8 }, () =>
          store.crear(Bun.randomUUIDv7(), alta({ sku: 'UNICO' }), autoria),
        ),
      )
      expect(
        all
          .map(({ tipo }) => tipo)
          .toSorted()
          .slice(0, 2),
      ).toEqual(['creado', 'sku-en-uso'])
      const { id } = await creado()
      const edicion = { ...objetivo(id), cambios: { sku: 'unico' } }
      expect(await store.editar(edicion)).toEqual({ tipo: 'sku-en-uso' })
    })

    test('writes what is different, of the version that was seen, and keeps every price', async () => {
      const { id } = await creado()
      expect(await store.editar({ ...objetivo(id), cambios: { precio: 100 } })).toMatchObject({
        tipo: 'guardado',
        producto: { version: 1 },
      })
      const cambios = { precio: 250, atributos: { color: 'azul' }, categoria: null }
      expect(await store.editar({ ...objetivo(id, base + 5), cambios })).toMatchObject({
        producto: { version: 2, actualizadoEn: base + 5, creadoEn: base, ...cambios },
      })
      const late = {
        ...objetivo(id),
        cambios: { precio: 1 },
        admite: (version: number) => version === 1,
      }
      expect(await store.editar(late)).toEqual({ tipo: 'version-distinta' })
      const [last, first] = (await store.precios(id, { limite: 5, antesDe: undefined })) ?? []
      expect([last, first]).toMatchObject([
        { precio: 250, desde: base + 5, usuarioId: 'y' },
        { precio: 100, desde: base, usuarioId: 'x' },
      ])
      expect(await store.precios(id, { limite: 5, antesDe: last?.n })).toMatchObject([
        { n: first?.n },
      ])
      expect(
        await store.precios(Bun.randomUUIDv7(), { limite: 5, antesDe: undefined }),
      ).toBeUndefined()
    })

    test('archives once, and nothing that is not there', async () => {
      const { id } = await creado()
      const archivado = { tipo: 'guardado', producto: { activo: false, version: 2 } }
      expect(await store.archivar(objetivo(id))).toMatchObject(archivado)
      const late = { ...objetivo(id), admite: () => false }
      expect(await store.archivar(late)).toMatchObject(archivado)
      expect(await store.archivar(objetivo(Bun.randomUUIDv7()))).toEqual({ tipo: 'no-encontrado' })
    })

    const ponerImpuesto = (cambios: Partial<CambioImpuesto>, ahora: number) =>
      store.ponerImpuesto(impuesto(cambios), { usuarioId: 'x', ahora })

    test('knows the rate of each moment, and changes none that has begun', async () => {
      expect(await store.impuestos(base)).toEqual([])
      const { id } = await creado({ pesoGramos: 250 })
      const de = async (ahora: number) => (await store.articulos([id], ahora))[0]
      expect(await de(base)).toMatchObject({
        tasa: 0,
        modo: 'incluido',
        claseImpuesto: 'general',
        pesoGramos: 250,
        categoria: null,
      })
      const { desde: _, ...primero } = impuesto()
      const puesto = { tipo: 'guardado', impuesto: { ...primero, desde: base } } as const
      expect(await ponerImpuesto({}, base)).toEqual(puesto)
      expect(await ponerImpuesto({}, base + 900)).toEqual(puesto)
      // Another one in the same millisecond, and one that is to come, which is changed before it does.
      expect(await ponerImpuesto({ tasa: 1300 }, base)).toMatchObject({
        impuesto: { desde: base + 1 },
      })
      const futuro = { desde: base + 1000, tasa: 1500, modo: 'por-dentro' } as const
      await ponerImpuesto({ ...futuro, tasa: 1400 }, base + 10)
      const cambiado = await ponerImpuesto(futuro, base + 999)
      expect(cambiado).toMatchObject({ tipo: 'guardado', impuesto: futuro })
      const tasas = [base - 1, base, base + 1, base + 999, base + 1000].map(async (ahora) => [
        (await de(ahora))?.tasa,
        ...(await store.impuestos(ahora)).map(({ tasa }) => tasa),
      ])
      const vistas = [[0], [1200, 1200], [1300, 1300], [1300, 1300], [1500, 1500]]
      expect(await Promise.all(tasas)).toEqual(vistas)
      expect(await ponerImpuesto(futuro, base + 5000)).toEqual(cambiado)
      for (const desde of [base + 1000, base + 4999]) {
        const tarde = await ponerImpuesto({ tasa: 1, desde }, base + 5000)
        expect(tarde).toEqual({ tipo: 'ya-empezado' })
      }
      expect((await store.historialImpuestos(2)).map(({ tasa }) => tasa)).toEqual([1500, 1300])
    })

    test('lets no product have a class that is not there, but the general one', async () => {
      const { id, sku } = await creado()
      const nadie = { claseImpuesto: 'nadie' }
      const falta = { tipo: 'impuesto-desconocido' } as const
      expect(await store.editar({ ...objetivo(id), cambios: nadie })).toEqual(falta)
      expect(await store.crear(Bun.randomUUIDv7(), alta(nadie), autoria)).toEqual(falta)
      const hecho = await store.importar(importacion([fila(2, sku, nadie)]))
      if (hecho.tipo !== 'rechazada') throw new Error(hecho.tipo)
      expect(hecho.errores.primeros()).toMatchObject([{ columna: 'claseImpuesto' }])
      await ponerImpuesto({ codigo: 'reducido', tasa: 500 }, base)
      const cambios = { claseImpuesto: 'reducido', pesoGramos: 7 }
      expect(await store.importar(importacion([fila(2, sku, cambios)]))).toMatchObject({
        tipo: 'hecho',
      })
      expect(await store.porId(id)).toMatchObject(cambios)
      expect(await store.articulos([id], base)).toMatchObject([{ ...cambios, tasa: 500 }])
    })

    test('takes 100 classes', async () => {
      const hay = (await store.impuestos(base + 9000)).length
      for (let n = hay; n < 100; n++) await ponerImpuesto({ codigo: `clase-${n}` }, base)
      const demasiados = { tipo: 'demasiados' } as const
      expect(await ponerImpuesto({ codigo: 'otra-mas' }, base)).toEqual(demasiados)
      const conocido = await ponerImpuesto({ codigo: 'clase-99', tasa: 1 }, base + 9)
      expect(conocido).toMatchObject({ tipo: 'guardado' })
    })

    test('notes with each change who made it, of what, and from which network', async () => {
      const since = (await store.auditoria({ limite: 1 }))[0]?.numero ?? 0
      const { id, sku } = await creado()
      const desde = { usuarioId: 'z', ahora: base + 7, direccion: '203.0.113.9' }
      const edicion = { id, admite: () => true, ...desde }
      await store.editar({ ...edicion, cambios: { precio: 250, categoria: 'Té' } })
      await store.editar({ ...edicion, cambios: { precio: 250 } })
      await store.editar({ ...edicion, cambios: { precio: 1 }, admite: () => false })
      await store.archivar(edicion)
      await store.archivar(edicion)
      for (const precio of [9, 9]) {
        await store.importar(importacion([fila(2, sku, { precio }), fila(3, 'ANOTADO', nuevo)]))
      }
      await ponerImpuesto({ codigo: 'general', tasa: 700, modo: 'por-dentro' }, base + 8000)
      const lines = await store.auditoria({ limite: 50 })
      const told = lines.filter(({ numero }) => numero > since).toReversed()
      expect(told.map(({ accion, actorId, detalle }) => [accion, actorId, detalle])).toEqual([
        ['producto-creado', 'x', 'precio 100'],
        ['producto-editado', 'z', 'precio 100 -> 250, categoria'],
        ['producto-archivado', 'z', 'activo'],
        ['productos-importados', 'x', 'creados 1, actualizados 1'],
        [
          'impuesto-puesto',
          'x',
          'tasa 1500 por-dentro -> 700 por-dentro, desde 2026-01-01T00:00:08.000Z',
        ],
      ])
      const [, editado] = told
      expect(editado).toMatchObject({ en: base + 7, sujetoId: id, red: '203.0.113.0/24' })
      const suyas = { sujetoId: id, accion: 'producto-editado', actorId: 'z', limite: 5 }
      expect(await store.auditoria(suyas)).toEqual(editado ? [editado] : [])
      const antes = await store.auditoria({ antesDe: editado?.numero ?? 0, limite: 0 })
      expect(antes).toEqual(told.slice(0, 1))
    })

    test('keeps a picture while a product names it, and for a while after', async () => {
      const imagen = imagenDe('image/png', new TextEncoder().encode('\u0089PNG\r\n\u001a\n'))
      const imagenUrl = rutaImagen(imagen.hash)
      const early = await store.crear(Bun.randomUUIDv7(), alta({ imagenUrl }), autoria)
      expect(early).toEqual({ tipo: 'imagen-inexistente' })
      const { id } = await creado()
      expect(await store.ponerImagen(objetivo(id), imagen)).toMatchObject({
        producto: { imagenUrl },
      })
      expect(await store.imagen(imagen.hash)).toMatchObject({
        tipo: 'image/png',
        hash: imagen.hash,
      })
      await store.editar({ ...objetivo(id), cambios: { imagenUrl: null } })
      const other = imagenDe('image/png', new TextEncoder().encode('\u0089PNG\r\n\u001a\n2'))
      await store.ponerImagen(objetivo(id), other)
      expect(await store.imagen(imagen.hash)).toBeDefined()
      await store.ponerImagen(objetivo(id, Date.now() + 2 * graciaImagenMs), other)
      expect(await store.imagen(imagen.hash)).toBeUndefined()
    })

    test('imports all rows or none, and says in advance what it would do', async () => {
      const { id, sku } = await creado()
      const buenas = [fila(2, sku, { precio: 7 }), fila(3, 'NUEVO', { nombre: 'Nuevo', precio: 1 })]
      const malas = importacion([...buenas, fila(4, 'OTRO', { nombre: 'Sin precio' })])
      for (const way of ['simular', 'importar'] as const) {
        const hecho = await store[way](malas)
        if (hecho.tipo !== 'rechazada') throw new Error(hecho.tipo)
        expect(hecho.errores.primeros()).toMatchObject([{ fila: 4, columna: 'precio' }])
      }
      const told = { tipo: 'hecho', resumen: { filas: 2, creados: 1, actualizados: 1 } }
      expect(await store.simular(importacion(buenas))).toMatchObject(told)
      expect(await store.porId(id)).toMatchObject({ precio: 100, version: 1 })
      expect(await store.importar(importacion(buenas))).toMatchObject(told)
      expect(await store.porId(id)).toMatchObject({ precio: 7, version: 2 })
      expect(await store.porSkus(['nuevo'])).toHaveLength(1)
    })

    test('tells categories once, however they are written, and walks the whole catalogue', async () => {
      for (const categoria of ['Té y más', 'te y mas']) await creado({ categoria })
      const known = (await store.categorias()).filter(({ nombre }) => /^t[eé] y m/i.test(nombre))
      expect(known).toMatchObject([{ productos: 2 }])
      const walked = new Set<string>()
      let despuesDe: number | undefined = 0
      while (despuesDe !== undefined) {
        const tramo = await store.recorrer({ archivados: true, despuesDe, limite: 300 })
        for (const { id } of tramo.productos) walked.add(id)
        despuesDe = tramo.ultimo
      }
      const forSale = await store.buscar(busqueda({ limite: 100_000 }))
      const archived = await store.buscar(busqueda({ activo: false, limite: 100_000 }))
      expect(walked.size).toBe(forSale.length + archived.length)
    })
  })
}
