import { treaty } from '@elysiajs/eden'
import type { Problema } from '@encargo/service-kit/http/problems'
import { expectTypeOf } from 'bun:test'
import type { ProductosApp } from '../src/http/app.ts'
import type { Static } from '@sinclair/typebox'
import type { Articulo } from '../src/domain/producto.ts'
import type { ProductoVisto } from '../src/http/schemas.ts'

/** What another service, or a frontend, can and cannot write. Checked, never run. */
export async function typedCalls() {
  const api = treaty<ProductosApp>('http://127.0.0.1:8001', { parseDate: false })

  const list = await api.productos.get({ query: { ids: 'a,b' } })
  expectTypeOf(list.data?.datos[0]?.precio).toEqualTypeOf<number | undefined>()
  expectTypeOf(list.data?.siguiente).toEqualTypeOf<string | null | undefined>()
  await api.productos.get({ query: { q: 'cafe', orden: '-precio', limite: 10 } })
  // @ts-expect-error -- there is no such order
  await api.productos.get({ query: { orden: 'sku' } })

  const articulos = await api.productos.articulos.get({ query: { ids: 'a,b' } })
  expectTypeOf(articulos.data?.datos).toExtend<readonly Articulo[] | undefined>()
  // @ts-expect-error -- what an order does not hold is not told
  void articulos.data?.datos[0]?.descripcion

  const one = await api.productos({ id: 'x' }).get()
  expectTypeOf(one.data).toExtend<Static<typeof ProductoVisto> | null>()
  // @ts-expect-error -- a product has no stock
  void one.data?.existencia
  if (one.error?.status === 404) {
    expectTypeOf(one.error.value).toEqualTypeOf<Problema<'no-encontrado'>>()
  }

  const headers = { authorization: 'Bearer x' }
  const created = await api.productos.post({ sku: 'a', nombre: 'b', precio: 1 }, { headers })
  if (created.error?.status === 409)
    expectTypeOf(created.error.value.codigo).toEqualTypeOf<'sku-en-uso'>()
  // @ts-expect-error -- the price is missing
  await api.productos.post({ sku: 'a', nombre: 'b' }, { headers })

  const edited = await api.productos({ id: 'x' }).patch({ activo: true }, { headers })
  if (edited.error?.status === 412) {
    expectTypeOf(edited.error.value.codigo).toEqualTypeOf<'version-distinta'>()
  }
  // @ts-expect-error -- a price is a number
  await api.productos({ id: 'x' }).patch({ precio: '1' }, { headers })

  const csv = { ...headers, 'content-type': 'text/csv' }
  const query = { simular: true }
  const imported = await api.productos.importacion.post('sku\n', { headers: csv, query })
  expectTypeOf(imported.data?.creados).toEqualTypeOf<number | undefined>()
  if (imported.error?.status === 422) {
    const problem = imported.error.value
    if (problem.codigo === 'importacion-invalida') {
      expectTypeOf(problem.filas[0]?.columna).toEqualTypeOf<string | null | undefined>()
    } else {
      // @ts-expect-error -- what is wrong with rows is told of files only
      void problem.filas
    }
  }
  const exported = await api.productos.exportacion.get({ headers, query: {} })
  expectTypeOf(exported.data).toEqualTypeOf<string | null>()
}
