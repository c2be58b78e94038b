import { describe, expect, test } from 'bun:test'
import type { Destino } from '../../src/ports/store.ts'
import { type Base, horaMs, nuevoPedido, todos } from './fixture.ts'
import { condiciones } from './ventas.ts'

const dia = 24 * horaMs

/** What goes on behind the orders: what runs out, what is discarded, forgotten, erased. */
export function fondoContract(base: Base): void {
  const { crear, completar } = base
  const halladas = async () => (await base.store.listar({ ...todos, q: 'timbre' }))?.length
  const descartar = (...ids: readonly string[]) =>
    base.store.descartar({ ids, motivo: 'm', ahora: 2_000, proximaEn: 3_000, traza: 't' })

  test('orders that have run out are to expire, those that did so first before others', async () => {
    const [segundo, primero, tercero] = [
      await crear({ expiraEn: 9_000 }),
      await crear({ expiraEn: 8_000 }),
      await crear({ expiraEn: 9_001 }),
    ]
    const intencion = async ({ id }: typeof primero) => (await base.store.porId(id))?.intencion
    expect(await base.store.vencer(7_999, 10)).toBe(0)
    expect(await base.store.vencer(9_000, 1)).toBe(1)
    expect(await intencion(primero)).toMatchObject({ proposito: 'expirar', desde: 9_000 })
    expect(await intencion(segundo)).toBeNull()
    expect(await base.store.vencer(9_000, 10)).toBe(1)
    expect(await base.store.vencer(9_000, 10)).toBe(0)
    expect(await intencion(tercero)).toBeNull()
  })

  test('an id that is discarded never becomes an order, and one that is an order stays it', async () => {
    const [abierto, hecho] = [await crear(), await crear()]
    await completar(hecho.numero)
    const [perdido, nada] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()]
    expect(await descartar(abierto.id, perdido)).toEqual([perdido])
    expect(await base.store.destinos([abierto.id, hecho.id, perdido, nada])).toEqual(
      new Map<string, Destino>([
        [abierto.id, 'Pendiente'],
        [hecho.id, 'Completado'],
        [perdido, 'descartado'],
      ]),
    )
    expect((await base.store.crear(nuevoPedido({ id: perdido }))).tipo).toBe('usado')
  })

  test('keys are forgotten after a day, discards after thirty, once nothing is owed for them', async () => {
    const { idDeClave } = base.store
    const clave = { usuarioId: 'u', clave: 'k', huella: 'h', primerId: idDeClave('u', 'k', 0) }
    await base.store.negar(clave, { codigo: 'cliente-inactivo' }, 1_000)
    const perdido = Bun.randomUUIDv7()
    await descartar(perdido)
    expect(await base.store.olvidar(999 + dia, 10)).toBe(0)
    expect(await base.store.olvidar(1_000 + dia, 10)).toBe(1)
    expect(await base.store.olvidar(2_000 + 30 * dia, 10)).toBe(0)
    for (const deuda of await base.store.debidas('soltar-reserva', dia, 10)) {
      await base.store.cerrar(deuda)
    }
    expect(await base.store.olvidar(1_999 + 30 * dia, 10)).toBe(0)
    expect(await base.store.usado(perdido)).toBe(true)
    expect(await base.store.olvidar(2_000 + 30 * dia, 10)).toBe(1)
    expect(await base.store.usado(perdido)).toBe(false)
  })

  test('a mark says what was last put there', async () => {
    const { store } = base
    expect(await store.marca('a')).toBeUndefined()
    await store.ponerMarca('a', '1')
    await store.ponerMarca('a', '2')
    await store.ponerMarca('b', '3')
    expect([await store.marca('a'), await store.marca('b')]).toEqual(['2', '3'])
    await store.quitarMarca('a')
    expect([await store.marca('a'), await store.marca('b')]).toEqual([undefined, '3'])
  })

  describe('of an erased customer', () => {
    const direccionEnvio = { nombre: 'Ana', calle: 'Sol 1', ciudad: 'Loja', pais: 'EC' }
    const contacto = { nombre: 'Ana', email: 'timbre@correo.example' }
    const identificacion = { pais: 'EC', tipo: 'cedula', numero: '1710034065' } as const
    const facturacion = { identificacion, razonSocial: 'Ana' }
    const acordadas = condiciones({ contacto, facturacion, canal: 'web' })
    const suyo = { clienteId: 'ana', notas: 'al timbre', direccionEnvio, condiciones: acordadas }

    test('orders lose what is personal, lot by lot, once it is noted, and none are made', async () => {
      const { store } = base
      const pedidos = [await crear(suyo), await crear(suyo), await crear(suyo)]
      await crear({ notas: 'otro timbre' })
      expect(await halladas()).toBe(4)
      expect(await store.borrarPersonales('ana', 10)).toBe(false)
      expect(await halladas()).toBe(4)
      expect(await store.borradosSinAnotar(['ana', 'luis'])).toEqual(['ana', 'luis'])
      const marca = { nombre: 'lista', valor: '7' }
      await store.anotarBorrados({ ids: ['ana'], marca, ahora: 3_000, traza: 't' })
      expect(await store.borradosSinAnotar(['ana', 'luis'])).toEqual(['luis'])
      expect(await store.marca('lista')).toBe('7')
      expect((await store.crear(nuevoPedido(suyo))).tipo).toBe('cliente-borrado')
      expect(await store.borrarPersonales('ana', 2)).toBe(true)
      expect(await store.borrarPersonales('ana', 2)).toBe(false)
      for (const pedido of pedidos) {
        const quedan = { ...acordadas, contacto: null, facturacion: null }
        const personal = { notas: null, direccionEnvio: null, condiciones: quedan }
        expect(await store.porId(pedido.id)).toEqual({ ...pedido, ...personal, version: 2 })
      }
      expect(await halladas()).toBe(1)
    })

    test('nothing is owed once it is closed', async () => {
      await base.store.anotarBorrados({ ids: ['ana'], ahora: 3_000, traza: 't' })
      const [deuda] = await base.store.debidas('olvidar-cliente', 3_000, 10)
      if (!deuda) throw new Error('nothing is owed')
      expect(await base.store.cerrarBorrado(deuda)).toBe(true)
      expect((await base.store.espera()).pendientes).toEqual([])
      expect(await base.store.borradosSinAnotar(['ana'])).toEqual([])
    })
  })
}
