import type { Environment } from '@encargo/service-kit/run/config'
import { describe, expect, test } from 'bun:test'
import type { CobroDicho } from '../src/ports/cobranza.ts'
import { cuerpoDe, porPagar } from './cobranza-fixture.ts'
import { cobroNuevo, tras } from './fake-pagos.ts'
import { arrancar, montar, pedir, rechazo, sinCupos, usuario } from './fixture.ts'

interface Opciones {
  readonly fisico?: number
  readonly rol?: 'admin'
  readonly env?: Environment
}

/** Two processes at one database, a product of which there is `fisico`, and who buys it by one key. */
async function dosProcesos({ fisico = 5, rol, env = sinCupos }: Opciones = {}) {
  const montaje = montar(env)
  const [uno, dos] = [await arrancar(montaje), await arrancar(montaje)]
  const { catalogo, inventario } = montaje
  const productoId = Bun.randomUUIDv7()
  const articulo = { id: productoId, sku: 'S', nombre: 'N', precio: 100, moneda: 'USD' }
  const ponerPrecio = (precio: number) =>
    void catalogo.articulos.set(productoId, { ...articulo, precio, activo: true })
  ponerPrecio(100)
  inventario.fisico.set(productoId, fisico)
  const ana = await usuario(rol ? { rol } : {})
  const comprar = (proceso: typeof uno, body: object = {}) =>
    pedir(proceso.app, 'POST', '/pedidos', {
      headers: { ...ana.headers, 'idempotency-key': 'k' },
      body: { lineas: [{ productoId, cantidad: 1, precioEsperado: 100 }], ...body },
    })
  /** The first call of `operacion` waits once it has arrived, until it is let go on. */
  function parar(operacion: string) {
    const llego = Promise.withResolvers<void>()
    const sigue = Promise.withResolvers<void>()
    let veces = 0
    inventario.alLlegar = async (una) => {
      if (una !== operacion || ++veces > 1) return
      llego.resolve()
      await sigue.promise
    }
    return { llego: llego.promise, sigue: sigue.resolve }
  }
  const activas = () =>
    [...inventario.reservas.values()].filter(({ estado }) => estado === 'activa').length
  return { ...montaje, uno, dos, productoId, comprar, ponerPrecio, parar, activas }
}
type Respuesta = Awaited<ReturnType<typeof pedir>>
const repetida = ({ headers }: Respuesta) => headers.get('idempotency-replayed')

describe('one key at two processes at once', () => {
  test('is one order, also of the last unit, and the later one gets its answer', async () => {
    const { uno, dos, comprar, parar, activas, inventario } = await dosProcesos({ fisico: 1 })
    const { llego, sigue } = parar('reservar')
    const late = comprar(uno)
    await llego
    const early = await comprar(dos)
    expect([early.status, repetida(early)]).toEqual([201, null])
    sigue()
    expect([(await late).status, repetida(await late), (await late).body]).toEqual([
      201,
      'true',
      early.body,
    ])
    expect([inventario.reservas.size, activas()]).toEqual([1, 1])
  })

  test('is no order too many for a customer who may hold one', async () => {
    const { uno, dos, comprar } = await dosProcesos({ env: { ...sinCupos, PEDIDOS_ABIERTOS: '1' } })
    const llego = Promise.withResolvers<void>()
    const sigue = Promise.withResolvers<void>()
    const { excede } = uno.store
    Object.assign(uno.store, {
      async excede(...pregunta: Parameters<typeof excede>) {
        llego.resolve()
        await sigue.promise
        return await excede(...pregunta)
      },
    })
    const late = comprar(uno)
    await llego.promise
    const early = await comprar(dos)
    sigue.resolve()
    expect([early.status, (await late).status, (await late).body]).toEqual([201, 201, early.body])
  })

  test('that was refused meanwhile stays refused, and holds no stock', async () => {
    const { uno, dos, comprar, ponerPrecio, parar, activas } = await dosProcesos()
    const { llego, sigue } = parar('reservar')
    const late = comprar(uno)
    await llego
    ponerPrecio(200)
    expect(rechazo(await comprar(dos))).toBe('409 precio-cambiado')
    sigue()
    expect(rechazo(await late)).toBe('409 precio-cambiado')
    expect(repetida(await late)).toBe('true')
    await uno.casos.stop()
    expect(activas()).toBe(0)
  })

  test('sells once at the counter, where the order has ended before the later one reserves', async () => {
    const { uno, dos, comprar, parar, activas, inventario, productoId } = await dosProcesos({
      rol: 'admin',
    })
    const { llego, sigue } = parar('reservar')
    const late = comprar(uno, { completar: true })
    await llego
    const early = await comprar(dos, { completar: true })
    expect(early.body['estado']).toBe('Completado')
    sigue()
    expect((await late).body).toEqual(early.body)
    await uno.casos.stop()
    expect([inventario.fisico.get(productoId), activas()]).toEqual([4, 0])
  })
})

describe('money that comes to two processes at once', () => {
  test('is announced, counted and given back once, whoever is told', async () => {
    const uno = await porPagar()
    const dos = await arrancar(uno)
    const enAmbos = async (method: string, path: string, init: Parameters<typeof pedir>[3]) => {
      const answers = await Promise.all(
        [uno, dos, uno, dos].map(({ app }) => pedir(app, method, path, init)),
      )
      return answers.map(({ status }) => status).toSorted()
    }
    const { id, staff, caja, pagos } = uno
    const contar = (cobro: CobroDicho) => {
      pagos.poner(cobro)
      const body = cuerpoDe(cobro, undefined)
      return enAmbos('PUT', `/pedidos/${id}/cobros/${cobro.id}`, { ...caja, body })
    }
    const nuevo = cobroNuevo(Bun.randomUUIDv7(), 1000)
    expect(await contar(nuevo)).toEqual([200, 200, 200, 200])
    const pagado = tras(nuevo, 'captura', 1000, { estado: 'cobrado' })
    expect(await contar(pagado)).toEqual([200, 200, 200, 200])
    for (const { casos } of [uno, dos]) await casos.driver.tick()
    expect(await uno.leer()).toMatchObject({ apartado: 'firme', pago: { cobrado: 1000, saldo: 0 } })

    const body = { importe: 300, motivo: 'Llegó roto' }
    const headers = { ...staff.headers, 'idempotency-key': 'abono' }
    const abonos = await enAmbos('POST', `/pedidos/${id}/abonos`, { headers, body })
    expect(abonos).toEqual([201, 201, 201, 201])
    const sinClave = await enAmbos('POST', `/pedidos/${id}/abonos`, { ...staff, body })
    expect(sinClave).toEqual([201, 201, 409, 409])
    expect(await uno.leer()).toMatchObject({ pago: { exigible: 100 } })
    for (const { casos } of [uno, dos]) await casos.driver.tick()
    const devuelto = pagos.reembolsos.reduce((suma, { importe }) => suma + importe, 0)
    expect(devuelto).toBe(900)
  })
})
