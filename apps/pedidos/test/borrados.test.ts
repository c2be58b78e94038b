import { change, rows } from '@encargo/storage/testing'
import { describe, expect, spyOn, test } from 'bun:test'
import { arrancar, pedir, preparar, rechazo, usuario } from './fixture.ts'

const minuto = 60_000
const direccionEnvio = {
  nombre: 'Zoraida Quispe',
  calle: 'Callejón del Ombligo 77',
  ciudad: 'Villasola',
  pais: 'EC',
  telefono: '+593997770101',
}
const notas = 'Preguntar por Fulgencio en la portería'
const motivo = 'Me mudo a Andamarca'

/** A shop with one shopper who has ordered; `erase` is what auth does. */
async function conCompras() {
  const todo = await preparar()
  const ana = await usuario()
  const staff = await usuario({ rol: 'operador' })
  const productoId = todo.producto(100, 1000)
  const body = { lineas: [{ productoId, cantidad: 1 }], notas, direccionEnvio }
  const comprar = (extra: object = {}, headers: Record<string, string> = {}, who = ana) =>
    pedir(todo.app, 'POST', '/pedidos', {
      headers: { ...who.headers, ...headers },
      body: { ...body, ...extra },
    })
  const ver = async (id: unknown) =>
    await pedir(todo.app, 'GET', `/pedidos/${String(id)}`, { headers: staff.headers })
  const cancelar = (id: unknown, who = ana) =>
    pedir(todo.app, 'PATCH', `/pedidos/${String(id)}`, {
      headers: who.headers,
      body: { estado: 'Cancelado', motivo },
    })
  const buscar = async (q: string) => {
    const query = `/pedidos?limite=200&q=${encodeURIComponent(q)}`
    const { body: lista } = await pedir(todo.app, 'GET', query, { headers: staff.headers })
    return Array.isArray(lista['datos']) ? lista['datos'].length : -1
  }
  const pendiente = async () => (await pedir(todo.app, 'GET', '/readyz')).body['pendiente']
  const borrar = (id = ana.id) => {
    todo.clientes.conocidos.set(id, { id, activo: false, confirmado: true })
    todo.clientes.eliminados.push(id)
  }
  const pasar = async () => {
    todo.clock.advance(minuto)
    await todo.casos.driver.tick()
  }
  return {
    ...todo,
    ana,
    staff,
    productoId,
    comprar,
    ver,
    cancelar,
    buscar,
    pendiente,
    borrar,
    pasar,
  }
}

const limpio = { notas: null, direccionEnvio: null, motivo: null }

describe('the orders of an erased customer', () => {
  test('lose address, notes and reasons, keep the books, and are found by those alone', async () => {
    const { ana, comprar, cancelar, ver, buscar, borrar, pasar, staff } = await conCompras()
    const { body: abierto } = await comprar()
    const { body: cancelado } = await comprar()
    await cancelar(cancelado['id'])
    const { body: ajeno } = await comprar({}, {}, staff)
    expect([await buscar('zoraida'), await buscar('Fulgencio')]).toEqual([3, 3])
    const before = await ver(cancelado['id'])
    borrar()
    await pasar()
    const after = await ver(cancelado['id'])
    expect(after.body).toEqual({
      ...before.body,
      ...limpio,
      historial: [
        expect.objectContaining({ estado: 'Pendiente' }),
        expect.objectContaining({ estado: 'Cancelado', motivo: null, actor: ana.id }),
      ],
    })
    // Whoever holds the old representation is not told that it is still good.
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'))
    expect((await ver(abierto['id'])).body).toMatchObject({ estado: 'Pendiente', ...limpio })
    expect((await ver(ajeno['id'])).body).toMatchObject({ notas, direccionEnvio })
    expect([await buscar('zoraida'), await buscar('fulgencio')]).toEqual([1, 1])
    expect(await buscar('producto')).toBe(3)
  })

  test('keep what the service itself says of them', async () => {
    const { comprar, ver, borrar, pasar, casos, clock } = await conCompras()
    const { body } = await comprar()
    clock.advance(86_400_000)
    await casos.driver.tick()
    borrar()
    await pasar()
    const { body: pedido } = await ver(body['id'])
    expect(pedido).toMatchObject({ estado: 'Cancelado', notas: null, direccionEnvio: null })
    expect(pedido['motivo']).toContain('venció')
  })

  test('leave nothing of them in the files: orders, history, story, index, keys, log', async () => {
    const { comprar, cancelar, borrar, pasar, storage, inventario, close } = await conCompras()
    const file = storage.place
    await comprar({}, { 'idempotency-key': 'clave-de-zoraida' })
    const { body: cancelado } = await comprar()
    await cancelar(cancelado['id'])
    const { body: enMarcha } = await comprar()
    inventario.averia = () => 'antes'
    await cancelar(enMarcha['id'])
    for (let n = 0; n < 30; n++) await comprar()
    const traces = [
      'zoraida',
      'quispe',
      'Ombligo',
      'Villasola',
      '7770101',
      'Fulgencio',
      'portería',
      'Andamarca',
    ].map((trace) => trace.toLowerCase())
    const stored = async () => {
      const texts = [file, `${file}-wal`].map(async (one) => {
        const there = await Bun.file(one).exists()
        return there ? (await Bun.file(one).text()).toLowerCase() : ''
      })
      const text = (await Promise.all(texts)).join('\n')
      return traces.filter((trace) => text.includes(trace))
    }
    expect(await stored()).toEqual(traces)
    borrar()
    await pasar()
    expect(await stored()).toEqual([])
    inventario.averia = () => undefined
    await pasar()
    expect(await stored()).toEqual([])
    await close()
    expect(await stored()).toEqual([])
  })

  test('do not get an address back from an order that was on its way', async () => {
    const { casos, comprar, borrar, pasar, inventario, clientes, ana, productoId, app } =
      await conCompras()
    const arrived = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    inventario.alLlegar = async (operacion) => {
      if (operacion !== 'reservar') return
      arrived.resolve()
      await go.promise
    }
    const slow = comprar({}, { 'idempotency-key': 'lenta' })
    await arrived.promise
    borrar()
    await pasar()
    go.resolve()
    expect(rechazo(await slow)).toBe('403 cliente-inactivo')
    inventario.alLlegar = async () => undefined
    // Nor when auth can't be asked any more, or says something else.
    clientes.conocidos.set(ana.id, { id: ana.id, activo: true, confirmado: true })
    expect(rechazo(await comprar())).toBe('403 cliente-inactivo')
    clientes.caido = true
    expect(rechazo(await comprar({}, { 'idempotency-key': 'lenta' }))).toBe('403 cliente-inactivo')
    // What was reserved for them is given back, at once and beside the answer.
    await casos.stop()
    expect(inventario.reservado(productoId)).toBe(0)
    const { body } = await pedir(app, 'GET', '/pedidos', { headers: ana.headers })
    expect(body['datos']).toEqual([])
  })

  test('take no reason that comes late, in a request or from a purpose under way', async () => {
    const { ana, comprar, cancelar, ver, clock, store, inventario } = await conCompras()
    const ids = [(await comprar()).body['id'], (await comprar()).body['id']]
    const arrived = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    inventario.alLlegar = async (operacion) => {
      if (operacion !== 'liberar') return
      arrived.resolve()
      await go.promise
    }
    const slow = cancelar(ids[0])
    await arrived.promise
    await store.anotarBorrados({ ids: [ana.id], ahora: clock.ms(), traza: '' })
    expect(await store.borrarPersonales(ana.id, 25)).toBe(false)
    go.resolve()
    await slow
    await cancelar(ids[1])
    for (const id of ids) {
      const { body } = await ver(id)
      expect(body).toMatchObject({ estado: 'Cancelado', motivo: null })
      expect(JSON.stringify(body)).not.toContain('Andamarca')
    }
  })

  test('do not tell any more what was asked for with a key of their own', async () => {
    const { ana, comprar, borrar, pasar, staff, storage } = await conCompras()
    await comprar({}, { 'idempotency-key': 'propia' })
    await comprar({ notas: undefined, direccionEnvio: undefined }, { 'idempotency-key': 'escueta' })
    await comprar({ clienteId: ana.id }, { 'idempotency-key': 'ajena' }, staff)
    const sealed = async () =>
      (await rows(storage, 'SELECT numero FROM pedidos WHERE sello IS NOT NULL')).map(
        ({ numero }) => numero,
      )
    expect(await sealed()).toEqual([1, 2, 3])
    borrar()
    await pasar()
    expect(await sealed()).toEqual([3])
    expect(rechazo(await comprar({}, { 'idempotency-key': 'propia' }))).toBe('403 cliente-inactivo')
  })

  test('answer a repeated key of staff with the order as it is now', async () => {
    const { ana, staff, comprar, borrar, pasar } = await conCompras()
    const counter = { clienteId: ana.id, completar: true }
    const key = { 'idempotency-key': 'mostrador' }
    const first = await comprar(counter, key, staff)
    expect(first.body).toMatchObject({ clienteId: ana.id, direccionEnvio })
    borrar()
    await pasar()
    const again = await comprar(counter, key, staff)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(again.body).toMatchObject({ id: first.body['id'], notas: null, direccionEnvio: null })
  })
})

describe('following the list of erased accounts', () => {
  test('reads every page and later only the last one, once a minute', async () => {
    const { clientes, borrar, pasar, store, casos, pendiente, clock } = await conCompras()
    clientes.pagina = 3
    const ids = Array.from({ length: 8 }, () => Bun.randomUUIDv7())
    for (const id of ids) borrar(id)
    await pasar()
    expect(clientes.lecturas).toBe(3)
    expect(await store.borradosSinAnotar(ids)).toEqual([])
    expect(await store.marca('borrados')).toBe('6')
    await casos.driver.tick()
    expect(clientes.lecturas).toBe(3)
    const late = Bun.randomUUIDv7()
    borrar(late)
    await pasar()
    expect(clientes.lecturas).toBe(4)
    expect(await store.borradosSinAnotar([late])).toEqual([])
    const en = clock.now().toISOString()
    expect(await pendiente()).toMatchObject({ clientesPorBorrar: 0, borradosLeidosEn: en })
  })

  test('does not write while there is nothing new', async () => {
    const { borrar, pasar, storage } = await conCompras()
    borrar()
    await pasar()
    const changes = () => rows(storage, 'SELECT total_changes() AS n')
    const before = await changes()
    await pasar()
    await pasar()
    expect(await changes()).toEqual(before)
  })

  test('goes on while auth is away, shows as of when it knows, and catches up', async () => {
    const { clientes, comprar, ver, borrar, pasar, pendiente, clock } = await conCompras()
    const { body } = await comprar()
    await pasar()
    const known = clock.now().toISOString()
    clientes.caido = true
    borrar()
    await pasar()
    await pasar()
    expect(await pendiente()).toMatchObject({ borradosLeidosEn: known })
    expect((await ver(body['id'])).body).toMatchObject({ direccionEnvio })
    clientes.caido = false
    await pasar()
    expect((await ver(body['id'])).body).toMatchObject({ direccionEnvio: null })
  })

  test('erases also while inventario is away', async () => {
    const { comprar, cancelar, ver, borrar, pasar, inventario } = await conCompras()
    const { body } = await comprar()
    inventario.averia = () => 'antes'
    await cancelar(body['id'])
    borrar()
    await pasar()
    expect((await ver(body['id'])).body).toMatchObject({ direccionEnvio: null })
  })

  test('begins anew when auth has been restored from before where it had come', async () => {
    const { clientes, borrar, pasar, store } = await conCompras()
    clientes.pagina = 2
    for (let n = 0; n < 5; n++) borrar(Bun.randomUUIDv7())
    await pasar()
    clientes.eliminados.splice(1)
    const again = Bun.randomUUIDv7()
    borrar(again)
    await pasar()
    expect(await store.borradosSinAnotar([again])).toEqual([])
  })

  test('is gone on with by the next process, order by order', async () => {
    const todo = await conCompras()
    const { comprar, borrar, store, clock, ana, casos } = todo
    for (let n = 0; n < 60; n++) await comprar()
    borrar()
    // A process that died after one lot.
    await store.anotarBorrados({ ids: [ana.id], ahora: clock.ms(), traza: '' })
    expect(await store.borrarPersonales(ana.id, 25)).toBe(true)
    await casos.stop()
    const next = await arrancar(todo)
    const withAddress = async () =>
      (await rows(todo.storage, 'SELECT 1 FROM pedidos WHERE direccion_envio IS NOT NULL')).length
    expect(await withAddress()).toBe(35)
    await next.casos.driver.tick()
    expect(await withAddress()).toBe(0)
    expect((await next.store.espera()).pendientes).toEqual([])
  })

  test('beside a second instance does the same thing once', async () => {
    const todo = await conCompras()
    const { body } = await todo.comprar()
    const second = await arrancar(todo)
    todo.borrar()
    todo.clock.advance(minuto)
    await Promise.all([todo.casos.driver.tick(), second.casos.driver.tick()])
    const pedido = await todo.store.porId(String(body['id']))
    expect(pedido).toMatchObject({ direccionEnvio: null, version: 2 })
    expect((await todo.store.espera()).pendientes).toEqual([])
  })

  test('is not done while somebody still reads what was there before', async () => {
    const todo = await conCompras()
    const forget = spyOn(todo.storage, 'forget').mockResolvedValue(false)
    const { body } = await todo.comprar()
    todo.borrar()
    await todo.pasar()
    expect((await todo.ver(body['id'])).body).toMatchObject({ direccionEnvio: null })
    expect(await todo.pendiente()).toMatchObject({ clientesPorBorrar: 1 })
    const text = await (await todo.app.handle(new Request('http://localhost/metrics'))).text()
    expect(text).toContain('pedidos_obligations{type="olvidar-cliente",service="pedidos"} 1')
    forget.mockRestore()
    await todo.casos.driver.tick()
    expect(await todo.pendiente()).toMatchObject({ clientesPorBorrar: 0, desde: null })
  })
})

describe('the tables', () => {
  test('let nothing but the reasons of erased customers be taken out of the history', async () => {
    const { comprar, cancelar, storage, borrar, pasar } = await conCompras()
    const { body } = await comprar()
    await cancelar(body['id'])
    const tamper = (what: string) => change(storage, `UPDATE pedido_eventos SET ${what}`)
    await expect(tamper('motivo = NULL')).rejects.toThrow('history never changes')
    borrar()
    await pasar()
    for (const what of [
      "motivo = 'x'",
      "actor = 'x', motivo = NULL",
      'en = 0',
      "estado = 'Completado'",
    ]) {
      await expect(tamper(what)).rejects.toThrow('history never changes')
    }
    await expect(change(storage, 'DELETE FROM clientes_borrados')).rejects.toThrow('stays erased')
  })
})
