import { describe, expect, test } from 'bun:test'
import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { createHistorial } from '../src/store/historial.ts'
import { primeroDesde } from '../src/store/momentos.ts'
import { openPedidosStorage } from '../src/store/sqlite/open.ts'
import { escritor } from './eventos-fixture.ts'
import { pedir, preparar, storeDe, todos, usuario } from './fixture.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])

describe("a customer's list of orders", () => {
  test('has an order as soon as it is bought, though the purchase writes nothing for it', async () => {
    const { app, storage, producto, saga } = preparar()
    const ana = await usuario()
    const luis = await usuario()
    const body = { lineas: [{ productoId: producto(100, 100), cantidad: 1 }] }
    const comprar = async ({ headers }: typeof ana) =>
      String((await pedir(app, 'POST', '/pedidos', { headers, body })).body['id'])
    const lista = async ({ headers }: typeof ana) => {
      const { datos } = (await pedir(app, 'GET', '/pedidos', { headers })).body
      return Array.isArray(datos) ? datos.map(({ id }: { id: string }) => id) : null
    }
    const anotados = () =>
      storage.client.query('SELECT count(*) AS n FROM pedidos_de_cliente').get()
    const primero = await comprar(ana)
    await comprar(luis)
    expect(anotados()).toEqual({ n: 0 })
    expect(await lista(ana)).toEqual([primero])
    await saga.driver.tick()
    expect(anotados()).toEqual({ n: 2 })
    const segundo = await comprar(ana)
    expect(anotados()).toEqual({ n: 2 })
    expect(await lista(ana)).toEqual([segundo, primero])
    await saga.driver.tick()
    expect(await lista(ana)).toEqual([segundo, primero])
  })

  test(`is whole and in order however far behind it is, and so is what happened to them (seed ${seed})`, async () => {
    const random = createRandom(seed)
    const hasta = (n: number) => Math.floor(random() * n)
    const storage = openPedidosStorage(':memory:')
    const { nuevo, fin } = escritor(storage)
    const store = storeDe(storage)
    const historial = createHistorial(storage.engine)
    const [deCliente] = store.seguidores
    const clientes = ['ana', 'luis', 'eva']
    const hechos: { numero: number; clienteId: string }[] = []
    const abiertos: number[] = []

    async function comparar(): Promise<void> {
      const clienteId = clientes[hasta(3)] ?? ''
      const limite = 1 + hasta(6)
      const desde = hasta(2) === 0 ? undefined : hasta(hechos.length + 2)
      const antesDe = hasta(2) === 0 ? undefined : hasta(hechos.length + 2)
      const esperados = hechos
        .filter((uno) => uno.clienteId === clienteId)
        .map(({ numero }) => numero)
        // The moments of these orders are their numbers.
        .filter((numero) => numero >= (desde ?? 0) && numero < (antesDe ?? Infinity))
        .toReversed()
      const filas = await store.listar({ ...todos, clienteId, desde, antesDe, limite })
      expect(filas?.map(({ numero }) => numero)).toEqual(esperados.slice(0, limite + 1))
      const place = hasta(hechos.length * 2)
      const trecho = { desde: place, hasta: place + hasta(40), limite: 1000 }
      const todas = await historial.leer({ ...trecho, clienteId: undefined })
      expect(await historial.leer({ ...trecho, clienteId })).toEqual(
        todas.filter((una) => una.clienteId === clienteId),
      )
    }

    for (let paso = 0; paso < 1_500; paso++) {
      const suerte = random()
      const abierto = suerte < 0.2 ? abiertos.pop() : undefined
      if (abierto !== undefined) await fin(abierto)
      else if (suerte < 0.5) {
        const clienteId = clientes[hasta(3)] ?? ''
        const numero = await nuevo(clienteId)
        hechos.push({ numero, clienteId })
        abiertos.push(numero)
      } else if (suerte < 0.55) await deCliente?.alDia({ maxMs: Infinity })
      else if (suerte < 0.555) storage.client.run("DELETE FROM marcas WHERE nombre = 'clientes'")
      else await comparar()
    }
    await deCliente?.alDia({ maxMs: Infinity })
    expect(
      storage.client
        .query('SELECT cliente_id AS clienteId, numero FROM pedidos_de_cliente ORDER BY numero')
        .all(),
    ).toEqual(hechos.map(({ numero, clienteId }) => ({ clienteId, numero })))
    await storage.close()
  })
})

describe('the first order of a span of time', () => {
  test(`is found among numbers with gaps and moments that are alike (seed ${seed})`, async () => {
    const random = createRandom(seed)
    const storage = openPedidosStorage(':memory:')
    const primerNumeroDesde = (ms: number) => storage.engine.read(() => primeroDesde(ms))
    expect(await primerNumeroDesde(0)).toBeUndefined()
    const insertar = storage.client.prepare(
      `INSERT INTO pedidos (numero, id, cliente_id, creado_por, estado, version, intentos, total,
         moneda, expira_en, creado_en, actualizado_en)
       VALUES (?1, 'p' || ?1, 'c', 'c', 'Pendiente', 1, 0, 0, 'USD', ?2, ?2, ?2)`,
    )
    const hechos: { numero: number; creadoEn: number }[] = []
    let numero = 0
    let creadoEn = 10
    for (let cuantos = 0; cuantos < 60; cuantos++) {
      numero += random() < 0.7 ? 1 : 1 + Math.floor(random() * 50)
      creadoEn += random() < 0.4 ? 0 : Math.floor(random() * 5)
      insertar.run(numero, creadoEn)
      hechos.push({ numero, creadoEn })
      for (let ms = 8; ms < creadoEn + 3; ms++) {
        expect([ms, await primerNumeroDesde(ms)]).toEqual([
          ms,
          hechos.find((uno) => uno.creadoEn >= ms)?.numero,
        ])
      }
    }
    await storage.close()
  })
})
