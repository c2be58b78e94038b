import { describe, expect, test } from 'bun:test'
import { graciaMs } from '../src/app/deps.ts'
import { arrancar, montar, pedir } from './fixture.ts'
import { nuevoPedido } from './contract/fixture.ts'

/** Two processes that share a database with others, of which `deGuardia` is on duty. */
async function turnos() {
  const montaje = montar()
  const asked: string[] = []
  let deGuardia = 'uno'
  const proceso = (quien: string) =>
    arrancar(montaje, undefined, {
      compartido: true,
      async deGuardia() {
        asked.push(quien)
        return quien === deGuardia
      },
    })
  const [uno, dos] = [await proceso('uno'), await proceso('dos')]
  const { clock, inventario, clientes } = montaje

  /** An order that somebody has just set out to cancel; answers how it stands. */
  async function cancelando() {
    const ahora = clock.ms()
    const nuevo = nuevoPedido({ ahora })
    await inventario.reservar(nuevo.id, nuevo.lineas, 86_400)
    const creacion = await uno.store.crear(nuevo)
    if (creacion.tipo !== 'creado') throw new Error(creacion.tipo)
    const { numero } = creacion.pedido
    const propuesta = { numero, proposito: 'cancelar', actor: 'ana', motivo: null } as const
    await dos.store.proponer({ ...propuesta, ahora, proximaEn: ahora + graciaMs })
    return async () => (await dos.store.porId(nuevo.id))?.estado
  }
  return {
    ...montaje,
    uno,
    dos,
    asked,
    cancelando,
    relevar: (quien: string) => void (deGuardia = quien),
    lecturas: () => clientes.lecturas,
  }
}

describe('of the processes that share a database', () => {
  test('only the one on duty does what is owed and what comes round', async () => {
    const { uno, dos, clock, cancelando, lecturas } = await turnos()
    const estado = await cancelando()
    clock.advance(graciaMs)
    await dos.casos.driver.tick()
    expect([await estado(), lecturas()]).toEqual(['Pendiente', 0])
    await uno.casos.driver.tick()
    expect([await estado(), lecturas()]).toEqual(['Cancelado', 1])
  })

  test('another goes on where the first one ceased, in its next round', async () => {
    const { uno, dos, clock, cancelando, relevar } = await turnos()
    await uno.casos.driver.tick()
    const estado = await cancelando()
    relevar('dos')
    clock.advance(graciaMs)
    await uno.casos.driver.tick()
    expect(await estado()).toBe('Pendiente')
    await dos.casos.driver.tick()
    expect(await estado()).toBe('Cancelado')
  })

  test('one that has just started leaves alone what a request elsewhere is at, until its time is over', async () => {
    const { uno, clock, cancelando } = await turnos()
    const estado = await cancelando()
    clock.advance(graciaMs - 1)
    await uno.casos.driver.tick()
    expect(await estado()).toBe('Pendiente')
    clock.advance(1)
    await uno.casos.driver.tick()
    expect(await estado()).toBe('Cancelado')
  })

  test('each tells what waits, and which one is on duty', async () => {
    const { uno, dos, clock, cancelando } = await turnos()
    await cancelando()
    clock.advance(2_000)
    for (const [proceso, deGuardia] of [
      [uno, true],
      [dos, false],
    ] as const) {
      await proceso.casos.driver.tick()
      const { body } = await pedir(proceso.app, 'GET', '/readyz')
      expect(body['pendiente']).toMatchObject({ cancelar: 1, deGuardia })
      const metrics = await proceso.app.handle(new Request('http://localhost/metrics'))
      expect(await metrics.text()).toContain(
        `pedidos_on_duty{service="pedidos"} ${Number(deGuardia)}`,
      )
    }
  })

  test('the one on duty asks whether it still is in the middle of a long round as well', async () => {
    const { uno, dos, clock, asked, inventario, cancelando, relevar } = await turnos()
    const estados = []
    for (let n = 0; n < 3; n++) estados.push(await cancelando())
    clock.advance(graciaMs)
    // Each call takes two seconds, and others take over meanwhile.
    inventario.alLlegar = async () => {
      clock.advance(2_000)
      relevar('dos')
    }
    asked.length = 0
    await uno.casos.driver.tick()
    expect(uno.casos.driver.deGuardia).toBe(false)
    expect(asked.length).toBeGreaterThan(1)
    // What comes behind the ends of orders, it has left.
    expect(inventario.llamadas).not.toContain('activas')
    inventario.alLlegar = async () => undefined
    clock.advance(graciaMs)
    await dos.casos.driver.tick()
    for (const estado of estados) expect(await estado()).toBe('Cancelado')
  })
})
