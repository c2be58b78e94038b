import { change } from '@encargo/storage/testing'
import { describe, expect, test } from 'bun:test'
import { PeerProtocolError } from '@encargo/service-kit/peer/peer'
import type { Proposito } from '../src/domain/pedido.ts'
import { todos } from './contract/fixture.ts'
import { arrancar, montar, pedir, usuario } from './fixture.ts'

const graciaMs = 15_000
const minuto = 60_000

/** As if nobody took turns: nothing of what is promised rests on it. */
const sinTurnos = { compartido: false, deGuardia: () => Promise.resolve(true) }

/** Two processes with a connection each to one database, and what their peers were asked. */
async function dosProcesos() {
  const montaje = montar()
  const { inventario, clientes, catalogo, clock } = montaje
  const proceso = () => arrancar(montaje, undefined, sinTurnos)
  const [uno, dos] = [await proceso(), await proceso()]
  const pedidas: string[] = []
  for (const operacion of ['liberar', 'confirmar'] as const) {
    const llamar = inventario[operacion].bind(inventario)
    Object.assign(inventario, {
      [operacion]: (id: string) => {
        pedidas.push(`${operacion} ${id}`)
        return llamar(id)
      },
    })
  }
  const articulo = { sku: 'S', nombre: 'N', precio: 1, moneda: 'USD', activo: true }
  const productoId = Bun.randomUUIDv7()
  catalogo.articulos.set(productoId, { id: productoId, ...articulo })
  inventario.fisico.set(productoId, 1_000)
  const lineas = [{ productoId, cantidad: 1 }]
  const ana = await usuario()

  async function comprar(): Promise<string> {
    const body = { lineas, notas: 'Preguntar por Fulgencio' }
    const answer = await pedir(uno.app, 'POST', '/pedidos', { headers: ana.headers, body })
    expect(answer.status).toBe(201)
    return String(answer.body['id'])
  }

  /** What a request that died has left: an order on its way to its end. */
  async function dejar(proposito: Proposito): Promise<string> {
    const id = await comprar()
    const { numero = 0 } = (await uno.store.porId(id)) ?? {}
    const ahora = clock.ms()
    const quien = { actor: ana.id, motivo: null }
    const proximaEn = ahora + graciaMs
    await uno.store.proponer({ numero, proposito, ...quien, ahora, proximaEn })
    return id
  }

  /** And a reservation that will never be an order's. */
  async function descartar(): Promise<string> {
    const id = Bun.randomUUIDv7()
    await inventario.reservar(id, lineas, 86_400)
    const ahora = clock.ms()
    const cuando = { ahora, proximaEn: ahora + graciaMs, traza: '' }
    await uno.store.descartar({ ids: [id], motivo: 'x', ...cuando })
    return id
  }

  /** Orders, discards and a customer, all of which something is owed to. */
  async function deber() {
    const ids = { cancelar: [''], completar: [''], descartar: [''] }
    for (const lista of Object.values(ids)) lista.pop()
    for (let n = 0; n < 6; n++) {
      ids.cancelar.push(await dejar('cancelar'))
      ids.completar.push(await dejar('completar'))
      ids.descartar.push(await descartar())
    }
    clientes.eliminados.push(ana.id)
    return ids
  }
  type Debido = Awaited<ReturnType<typeof deber>>

  const ambos = () => Promise.all([uno.casos.driver.tick(), dos.casos.driver.tick()])

  /** Nothing is owed any more, and all of it was done once. */
  async function comprobar({ cancelar, completar, descartar: descartados }: Debido) {
    expect((await dos.store.espera()).pendientes).toEqual([])
    for (const pedido of (await dos.store.listar(todos)) ?? []) {
      const estado = completar.includes(pedido.id) ? 'Completado' : 'Cancelado'
      // One version more for its end, and one for what was erased.
      expect(pedido).toMatchObject({ estado, notas: null, version: 3 })
      expect(pedido.historial).toHaveLength(2)
    }
    const estados = (ids: readonly string[]) => [
      ...new Set(ids.map((id) => inventario.reservas.get(id)?.estado)),
    ]
    expect(estados(completar)).toEqual(['confirmada'])
    expect(estados([...cancelar, ...descartados])).toEqual(['liberada'])
    expect(inventario.fisico.get(productoId)).toBe(1_000 - completar.length)
  }

  return { ...montaje, uno, dos, pedidas, deber, ambos, comprobar }
}

describe('two processes at one database', () => {
  test('both in their first round, do all that is owed', async () => {
    const { deber, ambos, comprobar } = await dosProcesos()
    const debido = await deber()
    await ambos()
    await ambos()
    await comprobar(debido)
  })

  test('later, leave alone what somebody is at and ask for each thing once', async () => {
    const { deber, ambos, comprobar, pedidas, clock } = await dosProcesos()
    await ambos()
    const debido = await deber()
    await ambos()
    expect(pedidas).toEqual([])
    clock.advance(minuto)
    await ambos()
    await comprobar(debido)
    const todas = [...debido.cancelar, ...debido.descartar].map((id) => `liberar ${id}`)
    todas.push(...debido.completar.map((id) => `confirmar ${id}`))
    expect(pedidas.toSorted()).toEqual(todas.toSorted())
  })

  test('wait for one that is slow, and take over from one that stands still', async () => {
    const { deber, ambos, comprobar, inventario, uno, dos, clock, pedidas } = await dosProcesos()
    await ambos()
    const debido = await deber()
    clock.advance(graciaMs)
    const llegaron = Promise.withResolvers<void>()
    const sigue = Promise.withResolvers<void>()
    let esperan = 0
    inventario.alLlegar = async () => {
      if (++esperan === 8) llegaron.resolve()
      if (esperan <= 8) await sigue.promise
    }
    const quieto = uno.casos.driver.tick()
    await llegaron.promise
    const tomadas = [...pedidas]
    await dos.casos.driver.tick()
    const repetidas = () => pedidas.length - new Set(pedidas).size
    expect(repetidas()).toBe(0)
    clock.advance(graciaMs)
    await dos.casos.driver.tick()
    expect(repetidas()).toBe(tomadas.length)
    sigue.resolve()
    await quieto
    clock.advance(minuto)
    await ambos()
    await comprobar(debido)
  })

  test.each([
    ['is away', () => 'antes' as const, undefined],
    ['loses its answers', () => 'despues' as const, undefined],
    ['says what nobody understands', () => undefined, new PeerProtocolError('inventario: {}')],
  ])('do all of it once a service that %s is back', async (_, averia, mentira) => {
    const { deber, ambos, comprobar, inventario, clientes, clock } = await dosProcesos()
    await ambos()
    const debido = await deber()
    inventario.averia = averia
    if (mentira) inventario.alLlegar = () => Promise.reject(mentira)
    clientes.caido = true
    for (let n = 0; n < 5; n++) {
      clock.advance(minuto)
      await ambos()
    }
    inventario.averia = () => undefined
    inventario.alLlegar = async () => undefined
    clientes.caido = false
    for (let n = 0; n < 3; n++) {
      clock.advance(15 * minuto)
      await ambos()
    }
    await comprobar(debido)
  })
})

test('what is owed with data that its kind does not know is kept and told of', async () => {
  const montaje = montar()
  const { casos, store, storage } = await arrancar(montaje)
  const { clock } = montaje
  await change(
    storage,
    `INSERT INTO obligaciones VALUES
       ('soltar-reserva', 'x', '7', 0, 0, NULL, ${clock.ms()}, NULL)`,
  )
  await casos.driver.tick()
  clock.advance(minuto)
  await casos.driver.tick()
  expect(montaje.inventario.llamadas).not.toContain('liberar')
  expect(await store.espera()).toEqual({
    pendientes: [{ que: 'soltar-reserva', cuantas: 1, fallidas: 1, desde: expect.any(Number) }],
    ultimoError: 'respuesta-inesperada',
  })
})
