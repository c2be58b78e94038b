import { describe, expect, test } from 'bun:test'
import { type Base, nuevoPedido } from './fixture.ts'
import { condiciones, nuevoCupon } from './ventas.ts'

/** What the store promises of a guest's order that is kept in an account. */
export function conservarContract(base: Base): void {
  const { crear, numeros } = base
  const conservar = (numero: number, de: string, a: string) =>
    base.store.conservar({ numero, de, a, ahora: 2_000 })
  const cupo = { pedidos: 1, unidades: 99, comprasDiarias: 9, plazoSegundos: 60 }
  const invitado = condiciones({ invitado: true })

  describe('an order without an account', () => {
    test('becomes an account’s once, in its list, search and history, taken in before or not', async () => {
      for (const tomado of [true, false]) {
        const clienteId = tomado ? 'uno' : 'otro'
        const { id, numero } = await crear({ clienteId, notas: 'taza', condiciones: invitado })
        if (tomado) for (const uno of base.store.seguidores) await uno.alDia({ maxMs: 1_000 })
        const veces = ['ana', 'luis'].map((a) => conservar(numero, clienteId, a))
        expect(await Promise.all(veces)).toEqual([true, false])
        expect(await conservar(numero, 'ana', 'luis')).toBe(false)
        const pedido = await base.store.porId(id)
        expect(pedido).toMatchObject({ clienteId: 'ana', creadoPor: clienteId, version: 2 })
        expect(await numeros({ clienteId, q: 'taza' })).toEqual([])
        expect(await numeros({ clienteId })).toEqual([])
      }
      expect(await numeros({ clienteId: 'ana' })).toEqual([2, 1])
      expect(await numeros({ clienteId: 'ana', q: 'taza' })).toEqual([2, 1])
      const suyos = { clienteId: 'ana', desde: 0, hasta: 99, limite: 9 }
      expect((await base.historial.leer(suyos)).map(({ numero }) => numero)).toEqual([1, 2])
      const [apunte] = await base.store.auditoria({ accion: 'pedido-conservado', limite: 9 })
      expect(apunte).toMatchObject({ actorId: 'ana', red: null })
    })

    test('takes its use of a coupon along, and none of what the account may hold', async () => {
      await base.store.crearCupon(nuevoCupon({ usosPorCliente: 1 }), 1)
      const con = condiciones({ invitado: true, cupon: 'DIEZ' })
      const { numero } = await crear({ clienteId: 'uno', condiciones: con })
      expect(await conservar(numero, 'uno', 'ana')).toBe(true)
      const compra = (clienteId: string) =>
        base.store.crear(nuevoPedido({ clienteId, condiciones: con, cupo }))
      expect((await compra('ana')).tipo).toBe('cupon-agotado')
      expect((await compra('uno')).tipo).toBe('creado')
      expect((await base.store.crear(nuevoPedido({ clienteId: 'ana', cupo }))).tipo).toBe('creado')
    })

    test('goes with the account that keeps it, and is kept by nobody who is erased', async () => {
      const datos = { notas: 'taza', condiciones: invitado }
      const [una, otra] = [
        await crear({ clienteId: 'uno', ...datos }),
        await crear({ clienteId: 'dos', ...datos }),
      ]
      await conservar(una.numero, 'uno', 'ana')
      await base.store.anotarBorrados({ ids: ['ana'], ahora: 9, traza: 't' })
      while (await base.store.borrarPersonales('ana', 5));
      expect(await base.store.porId(una.id)).toMatchObject({ notas: null })
      expect(await conservar(otra.numero, 'dos', 'ana')).toBe(false)
      await base.store.anotarBorrados({ ids: ['dos'], ahora: 9, traza: 't' })
      expect(await conservar(otra.numero, 'dos', 'luis')).toBe(false)
    })

    test('is none where an account made it', async () => {
      const { numero } = await crear({ clienteId: 'eva' })
      expect(await conservar(numero, 'eva', 'ana')).toBe(false)
      expect(await conservar(99, 'eva', 'ana')).toBe(false)
    })
  })
}
