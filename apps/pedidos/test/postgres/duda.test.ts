import { rows } from '@encargo/storage/testing'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { wireTo } from '@encargo/storage/testing/wire'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { arrancar, montar, pedir, rechazo, usuario } from '../fixture.ts'

/** Whether the server hears of a commit whose answer is lost, and whether the shopper gave a key. */
const cases = [
  [true, 'k'],
  [false, 'k'],
  [true, undefined],
  [false, undefined],
] as const

describeOnPostgres('an order whose commit', () => {
  let url: string
  let wire: Awaited<ReturnType<typeof wireTo>>
  beforeAll(async () => {
    url = await testDatabase()
    wire = await wireTo(url)
  })
  afterAll(async () => {
    wire.close()
    await dropDatabase(url)
  })

  test.each(cases)(
    'is in doubt (done: %p, key: %p) is one, or none, and so is its stock',
    async (done, key) => {
      const montaje = { ...montar(), base: Promise.resolve({ DATABASE_URL: wire.url }) }
      const { catalogo, inventario } = montaje
      const { app, store, storage, casos } = await arrancar(montaje)
      const id = Bun.randomUUIDv7()
      catalogo.articulos.set(id, {
        id,
        sku: 'S',
        nombre: 'N',
        precio: 100,
        moneda: 'USD',
        activo: true,
      })
      inventario.fisico.set(id, 5)
      const ana = await usuario()
      const comprar = () =>
        pedir(app, 'POST', '/pedidos', {
          headers: { ...ana.headers, ...(key && { 'idempotency-key': key }) },
          body: { lineas: [{ productoId: id, cantidad: 1 }] },
        })
      const suyos = () => rows(storage, `SELECT numero FROM pedidos WHERE cliente_id = '${ana.id}'`)

      const { crear } = store
      Object.assign(store, {
        crear(...nuevo: Parameters<typeof crear>) {
          wire.cutOnce({ after: 'READ COMMITTED', at: 'COMMIT\0', heard: done })
          Object.assign(store, { crear })
          return crear(...nuevo)
        },
      })
      const primera = await comprar()
      expect([rechazo(primera), primera.headers.get('retry-after')]).toEqual([
        '503 almacenamiento-no-disponible',
        '1',
      ])
      if (key) {
        const segunda = await comprar()
        expect([segunda.status, segunda.headers.get('idempotency-replayed')]).toEqual([
          201,
          done ? 'true' : null,
        ])
      }
      await casos.stop()
      const hay = key || done ? 1 : 0
      expect(await suyos()).toHaveLength(hay)
      const apartadas = [...inventario.reservas.values()].filter(
        ({ estado }) => estado === 'activa',
      )
      expect([inventario.reservas.size, apartadas.length]).toEqual([1, hay])
    },
  )
})
