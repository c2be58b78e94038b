import { StartError } from '@encargo/service-kit/run/start-error'
import type { Storage } from '@encargo/storage'
import { change, rows } from '@encargo/storage/testing'
import { describeOnPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { fijarMoneda } from '../src/store/moneda.ts'
import { openProductosPostgres } from '../src/store/postgres/open.ts'
import { renovarDerivados } from '../src/store/renovar.ts'
import { createProductosStore } from '../src/store/store.ts'
import { busqueda, datosDe, importacion } from './contract/productos-store.ts'

describeOnPostgres('two processes of productos that start together', () => {
  let dos: readonly Storage[]
  beforeAll(async () => {
    const url = await testDatabase()
    dos = await Promise.all([openProductosPostgres(url), openProductosPostgres(url)])
  })
  afterAll(async () => {
    await Promise.all(dos.map((uno) => uno.close()))
  })
  const [una, otra] = [() => dos[0] as Storage, () => dos[1] as Storage]

  const fijar = (moneda: string) =>
    Promise.allSettled(dos.map((uno) => fijarMoneda(uno, 'x', moneda)))

  test('derive anew what older rules wrote, each what is left', async () => {
    const filas = Array.from({ length: 1200 }, (_, at) => {
      const { sku, ...cambios } = datosDe(at)
      return { fila: at + 2, sku, cambios, exportada: undefined }
    })
    await createProductosStore(una()).importar(importacion(filas))
    const kept =
      'SELECT n, sku_clave, nombre_plegado, categoria_plegada, palabras, reglas FROM productos ORDER BY n'
    const before = await rows(una(), kept)
    await change(una(), "UPDATE productos SET palabras = '', nombre_plegado = 'x', reglas = 0")
    expect(await Promise.all(dos.map(renovarDerivados))).toEqual([[], []])
    expect(await rows(otra(), kept)).toEqual(before)
    const hallados = await createProductosStore(otra()).buscar(
      busqueda({ palabras: ['produc'], limite: 2000 }),
    )
    expect(hallados).toHaveLength(1176)
  })

  test('keep to the currency of the prices that are there', async () => {
    expect((await fijar('USD')).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    for (const fijada of await fijar('EUR')) {
      expect(fijada).toMatchObject({ status: 'rejected', reason: expect.any(StartError) })
    }
    expect(await rows(una(), 'SELECT valor FROM ajustes')).toEqual([{ valor: 'USD' }])
  })
})
