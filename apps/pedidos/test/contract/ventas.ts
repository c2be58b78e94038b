import { describe, expect, test } from 'bun:test'
import type { Condiciones } from '../../src/domain/condiciones.ts'
import type { EstadoFinal } from '../../src/domain/pedido.ts'
import { sinGravamen } from '../../src/domain/totales.ts'
import type { NuevoCupon, NuevoMetodo } from '../../src/ports/venta.ts'
import { type Base, corridaDe, nuevoPedido } from './fixture.ts'

export const condiciones = (mas: Partial<Condiciones> = {}): Condiciones => ({
  contacto: null,
  facturacion: null,
  metodoEnvio: null,
  envioImporte: 0,
  envioGravamen: sinGravamen,
  envioImpuesto: 0,
  cupon: null,
  descuento: 0,
  idioma: null,
  canal: null,
  invitado: false,
  ...mas,
})

export const nuevoMetodo = (mas: Partial<NuevoMetodo> = {}): NuevoMetodo => ({
  codigo: 'moto',
  nombre: 'Moto',
  tipo: 'domicilio',
  zonas: [{ pais: 'EC', provincias: ['Azuay'] }],
  tarifa: { tipo: 'fija', precio: 350 },
  gratisDesde: null,
  claseImpuesto: 'general',
  plazoDias: null,
  instrucciones: null,
  activo: true,
  posicion: undefined,
  ...mas,
})

export const nuevoCupon = (mas: Partial<NuevoCupon> = {}): NuevoCupon => ({
  codigo: 'DIEZ',
  tipo: 'porcentaje',
  valor: 1_000,
  minimo: null,
  desde: null,
  hasta: null,
  usosMaximos: null,
  usosPorCliente: null,
  categorias: [],
  activo: true,
  ...mas,
})

const siempre = () => true
const conCupon = (clienteId: string) =>
  nuevoPedido({ clienteId, condiciones: condiciones({ cupon: 'DIEZ' }) })
const codigosDe = (unos: readonly { codigo: string }[]) => unos.map(({ codigo }) => codigo)

/** What whoever keeps the orders promises of what a sale has beyond products. */
export function ventasContract(base: Base): void {
  const intentar = async (...clientes: string[]) => {
    const hechos = await Promise.all(clientes.map((uno) => base.store.crear(conCupon(uno))))
    return hechos.map(({ tipo }) => tipo)
  }
  const usados = async () => (await base.store.cupon('DIEZ'))?.usados
  async function terminar(numero: number, estado: EstadoFinal) {
    const proposito = estado === 'Cancelado' ? 'cancelar' : 'completar'
    const que = { numero, proposito, actor: 'x', motivo: null, ahora: 2_000 } as const
    await base.store.proponer({ ...que, proximaEn: 2_000 })
    const corrida = corridaDe(proposito, 'x', 2_000)
    return await base.store.terminar({ ...que, estado, corrida })
  }

  describe('what is agreed of an order', () => {
    test('is read as it was answered, alone and among others, with what its lines come to', async () => {
      const gravamen = { clase: 'general', tasa: 1_500, porDentro: false }
      const cuenta = { descuento: 100, gravamen, impuesto: 117 }
      const linea = { productoId: 'p1', sku: 'A', nombre: 'N', cantidad: 2, precioUnitario: 500 }
      const suyas = condiciones({
        contacto: { nombre: 'Ana', email: 'ana@correo.example' },
        facturacion: {
          identificacion: { pais: 'EC', tipo: 'ruc', numero: '1790011674001' },
          razonSocial: 'Andina',
        },
        metodoEnvio: { codigo: 'moto', nombre: 'Moto', tipo: 'domicilio', plazoDias: 2 },
        envioImporte: 350,
        envioGravamen: { ...gravamen, porDentro: true },
        envioImpuesto: 53,
        idioma: 'en',
        canal: 'web',
        invitado: true,
      })
      const lineas = [
        { ...linea, cuenta },
        { ...linea, productoId: 'p2' },
      ]
      const datos = { lineas, total: 2_250, condiciones: suyas }
      const [pedido, otro] = await Promise.all([base.crear(datos), base.crear()])
      expect(pedido).toMatchObject(datos)
      expect(await base.store.porId(pedido.id)).toEqual(pedido)
      const listados = await base.store.listar({ limite: 9, maxLineas: 99 })
      expect(listados?.toSorted((a, b) => a.numero - b.numero)).toEqual(
        [pedido, otro].toSorted((a, b) => a.numero - b.numero),
      )
    })

    test('is found by whom to reach, however that is written', async () => {
      const contacto = {
        nombre: 'Zoé Ordóñez',
        email: 'zoe@correo.example',
        telefono: '+593990000101',
      }
      await base.crear()
      await base.crear({ condiciones: condiciones({ contacto }) })
      for (const q of ['ordonez zoe', 'zoe@correo.example', '099 000 0101', 'ZOÉ']) {
        expect([q, await base.numeros({ q })]).toEqual([q, [2]])
      }
    })
  })

  describe('a coupon', () => {
    test('is used as often as it may be, and once more when an order is cancelled', async () => {
      await base.store.crearCupon(nuevoCupon({ usosMaximos: 2 }), 1)
      expect(await intentar('a', 'b', 'c')).toEqual(['creado', 'creado', 'cupon-agotado'])
      await terminar(1, 'Cancelado')
      expect(await usados()).toBe(1)
      // It has ended already, and gives nothing back again.
      await terminar(1, 'Cancelado')
      await terminar(2, 'Completado')
      expect(await usados()).toBe(1)
      expect(await intentar('a', 'b')).toEqual(['creado', 'cupon-agotado'])
      expect(await base.numeros()).toEqual([3, 2, 1])
    })

    test('is given back by each of the orders that end together', async () => {
      await base.store.crearCupon(nuevoCupon(), 1)
      await intentar('a', 'a', 'b', 'c')
      await Promise.all([1, 2, 3].map((numero) => terminar(numero, 'Cancelado')))
      expect(await usados()).toBe(1)
    })

    test('is used by each customer as often as one may, and by nobody while it is off', async () => {
      await base.store.crearCupon(nuevoCupon({ usosPorCliente: 1 }), 1)
      expect(await intentar('a', 'a', 'b')).toEqual(['creado', 'cupon-agotado', 'creado'])
      expect(await base.store.ofrecido({ cupon: 'DIEZ', clienteId: 'a' })).toMatchObject({
        cupon: { usados: 2 },
        usosDelCliente: 1,
      })
      const edicion = { codigo: 'DIEZ', cambios: { activo: false }, admite: siempre, ahora: 2 }
      await base.store.editarCupon(edicion)
      expect(await intentar('c')).toEqual(['cupon-agotado'])
    })

    test('is read as it was made, and changed by whoever has seen its version', async () => {
      const nuevo = nuevoCupon({ categorias: ['Café'], minimo: 5, desde: 1, hasta: 9 })
      const creado = { ...nuevo, usados: 0, version: 1 }
      expect(await base.store.crearCupon(nuevo, 1)).toEqual({ tipo: 'creado', creado })
      expect(await base.store.crearCupon(nuevo, 1)).toEqual({ tipo: 'codigo-en-uso' })
      expect(await base.store.cupon('DIEZ')).toEqual(creado)
      await base.store.crearCupon(nuevoCupon({ codigo: 'AAA' }), 1)
      const codigos = async (despuesDe: string, prefijo = '') =>
        (await base.store.cupones({ despuesDe, prefijo, limite: 1 })).map(({ codigo }) => codigo)
      expect(await codigos('')).toEqual(['AAA', 'DIEZ'])
      expect(await codigos('AAA')).toEqual(['DIEZ'])
      expect(await codigos('', 'DI')).toEqual(['DIEZ'])
      expect(await codigos('DIEZ', 'DI')).toEqual([])
      expect(await codigos('', 'IEZ')).toEqual([])
      const edicion = { codigo: 'DIEZ', cambios: { minimo: null }, ahora: 2 }
      const editar = (admite: (version: number) => boolean) =>
        base.store.editarCupon({ ...edicion, admite })
      expect(await editar((version) => version === 2)).toEqual({ tipo: 'version-distinta' })
      const editado = { ...creado, minimo: null, version: 2 }
      expect(await editar((version) => version === 1)).toEqual({ tipo: 'editado', editado })
      expect(await base.store.cupon('DIEZ')).toEqual(editado)
      const otra = { ...edicion, codigo: 'NO', admite: siempre }
      expect(await base.store.editarCupon(otra)).toEqual({ tipo: 'no-encontrado' })
      await intentar('a', 'b')
      const menos = { ...edicion, cambios: { usosMaximos: 1 }, admite: siempre }
      expect(await base.store.editarCupon(menos)).toEqual({ tipo: 'usos-de-mas', usados: 2 })
      const antes = { ...edicion, cambios: { hasta: 1 }, admite: siempre }
      expect(await base.store.editarCupon(antes)).toEqual({ tipo: 'sin-tiempo' })
    })
  })

  test('what the shop offers is changed together with a line on who did, and what', async () => {
    const por = { actorId: 'jefa', direccion: '203.0.113.9' }
    await base.store.crearCupon(nuevoCupon({ usosMaximos: 5 }), 1, por)
    await base.store.crearCupon(nuevoCupon(), 2, por)
    const cupon = { codigo: 'DIEZ', cambios: { usosMaximos: 9, activo: false }, admite: siempre }
    await base.store.editarCupon({ ...cupon, ahora: 3, por })
    await base.store.editarCupon({ ...cupon, ahora: 4, por, admite: () => false })
    await base.store.crearMetodo(nuevoMetodo(), 5, por)
    await base.store.editarMetodo({
      codigo: 'moto',
      cambios: { nombre: 'Bici' },
      admite: siempre,
      ahora: 6,
    })
    const lineas = await base.store.auditoria({ limite: 9 })
    const dichas = lineas.map(({ en, accion, sujetoId, actorId, red, detalle }) => [
      en,
      accion,
      sujetoId,
      actorId,
      red,
      detalle,
    ])
    const red = '203.0.113.0/24'
    expect(dichas.toReversed()).toEqual([
      [1, 'cupon-creado', 'diez', 'jefa', red, null],
      [3, 'cupon-editado', 'diez', 'jefa', red, 'usosMaximos 5 -> 9, activo'],
      [5, 'metodo-creado', 'moto', 'jefa', red, null],
      [6, 'metodo-editado', 'moto', null, null, 'nombre'],
    ])
    expect(await base.store.auditoria({ sujetoId: 'moto', limite: 9 })).toHaveLength(2)
  })

  test('methods are in their order, and those that are off are offered to nobody', async () => {
    const nuevo = nuevoMetodo()
    const creado = { ...nuevo, posicion: 1, version: 1 }
    expect(await base.store.crearMetodo(nuevo, 1)).toEqual({ tipo: 'creado', creado })
    for (const codigo of ['moto', 'Moto']) {
      expect(await base.store.crearMetodo({ ...nuevo, codigo }, 1)).toEqual({
        tipo: 'codigo-en-uso',
      })
    }
    await base.store.crearMetodo(nuevoMetodo({ codigo: 'z', posicion: 0, zonas: [] }), 1)
    await base.store.crearMetodo(nuevoMetodo({ codigo: 'a', activo: false }), 1)
    expect(codigosDe(await base.store.metodosEnvio())).toEqual(['z', 'moto', 'a'])
    const ofrecido = await base.store.ofrecido({ cupon: undefined, clienteId: undefined })
    expect(codigosDe(ofrecido.metodos)).toEqual(['z', 'moto'])
    expect(ofrecido.metodos[1]).toEqual(creado)
    const edicion = { codigo: 'moto', cambios: { plazoDias: 3 }, ahora: 2 }
    const editado = { ...creado, plazoDias: 3, version: 2 }
    expect(await base.store.editarMetodo({ ...edicion, admite: siempre })).toEqual({
      tipo: 'editado',
      editado,
    })
    const vieja = { ...edicion, admite: (version: number) => version === 1 }
    expect(await base.store.editarMetodo(vieja)).toEqual({ tipo: 'version-distinta' })
    expect(await base.store.editarMetodo({ ...vieja, codigo: 'no' })).toEqual({
      tipo: 'no-encontrado',
    })
  })
}
