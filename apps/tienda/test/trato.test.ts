import type { Cotizacion, DireccionGuardada, MetodoEnvio } from '@encargo/client'
import { describe, expect, test } from 'bun:test'
import { type Borrador, borradorDe, trasCambio } from '../src/pages/compra/borrador.ts'
import { faltasDe, textoDeCupon } from '../src/pages/compra/cotizacion.ts'
import { huellaDe } from '../src/pages/compra/encargo.ts'
import { leerPaso } from '../src/pages/compra/paso.ts'
import {
  type Comprador,
  controlDe,
  claveFactura,
  direccionDe,
  facturacionDe,
  entregaDe,
  pasoPendiente,
  pedidoDe,
  porCotizar,
  totalCon,
} from '../src/pages/compra/trato.ts'
import { en } from '../src/textos/en.ts'
import { es } from '../src/textos/es.ts'

const metodo = (codigo: string, mas: Partial<MetodoEnvio> = {}): MetodoEnvio => ({
  codigo,
  nombre: codigo,
  tipo: 'domicilio',
  zonas: [],
  tarifa: { tipo: 'fija', precio: 350 },
  gratisDesde: null,
  claseImpuesto: 'general',
  plazoDias: null,
  instrucciones: null,
  activo: true,
  posicion: 1,
  version: 1,
  ...mas,
})
const moto = metodo('moto')
const retiro = metodo('tienda', { tipo: 'retiro' })

const casa: DireccionGuardada = {
  id: '01900000-0000-7000-8000-000000000001',
  alias: 'Casa',
  nombre: 'Ana',
  calle: 'Sol 1',
  ciudad: 'Loja',
  provincia: 'Loja',
  pais: 'EC',
  predeterminada: true,
}
const invitado: Comprador = { tipo: 'invitado' }
const ana: Comprador = {
  tipo: 'cuenta',
  nombre: 'Ana',
  email: 'ana@correo.example',
  telefono: null,
  direcciones: [casa],
  facturaciones: [],
}
const cesta = [{ productoId: 'a', nombre: 'A', cantidad: 2, precioVisto: 500 }]
const datos: Borrador = {
  contactoNombre: ' Rosa ',
  contactoEmail: 'rosa@correo.example',
  contactoTelefono: '099 200 0101',
  calle: 'Larga 7',
  ciudad: 'Cuenca',
  pais: 'EC',
  provincia: '',
}
const cotizacion: Cotizacion = {
  lineas: [],
  subtotal: 1_000,
  descuento: 100,
  envioImporte: 350,
  impuesto: 0,
  base: 1_250,
  total: 1_250,
  moneda: 'USD',
  impuestos: [],
  metodoEnvio: { codigo: 'moto', nombre: 'Moto', tipo: 'domicilio', plazoDias: null },
  cupon: 'HOLA10',
  metodosEnvio: [],
  avisos: [],
}
const acuerdo = { metodos: [moto], cotizacion, total: 1_250, idioma: 'es' } as const

describe('what is agreed with a guest', () => {
  test('goes to where they say, under the name that they gave once', () => {
    expect(pedidoDe(cesta, datos, { ...acuerdo, comprador: invitado })).toEqual({
      lineas: [{ productoId: 'a', cantidad: 2, precioEsperado: 500 }],
      direccionEnvio: {
        nombre: 'Rosa',
        calle: 'Larga 7',
        ciudad: 'Cuenca',
        pais: 'EC',
        telefono: '099 200 0101',
      },
      contacto: { nombre: 'Rosa', email: 'rosa@correo.example', telefono: '099 200 0101' },
      metodoEnvio: 'moto',
      cupon: 'HOLA10',
      totalEsperado: 1_250,
      idioma: 'es',
      canal: 'web',
    })
  })

  test('goes to somebody else where they say so, who has to be named', () => {
    const regalo = { ...datos, paraOtro: 'si', nombre: 'Luis', telefono: '' }
    expect(direccionDe(regalo, invitado)).toEqual({
      nombre: 'Luis',
      calle: 'Larga 7',
      ciudad: 'Cuenca',
      pais: 'EC',
    })
    expect(pasoPendiente({ ...regalo, nombre: '' }, invitado, [moto])).toBe(1)
  })

  test('has no address where it is fetched, and an invoice only where one was asked for', () => {
    const factura = { paisDocumento: 'EC', tipo: 'ruc', numero: '1', razonSocial: 'Andina' }
    const pide = (mas: Borrador) =>
      pedidoDe(
        cesta,
        { ...datos, ...factura, ...mas },
        { ...acuerdo, comprador: invitado, metodos: [retiro] },
      )
    expect(pide({})).not.toHaveProperty('direccionEnvio')
    expect(pide({})).not.toHaveProperty('facturacion')
    expect(pide({ conFactura: 'si' }).facturacion).toEqual({
      identificacion: { pais: 'EC', tipo: 'ruc', numero: '1' },
      razonSocial: 'Andina',
    })
    // A kind that another country has: the first one of this country's.
    const otro = pide({ conFactura: 'si', paisDocumento: 'PE', tipo: 'nit' })
    expect(otro.facturacion?.identificacion.tipo).toBe('ruc')
  })
})

describe('what is agreed with who has an account', () => {
  test('goes to the default address, to another saved one, or to the one that is typed', () => {
    const { id: _, alias: __, predeterminada: ___, ...sola } = casa
    expect(direccionDe({}, ana)).toEqual(sola)
    expect(direccionDe({ direccion: 'una que ya no está' }, ana)).toEqual(sola)
    const escrita = { ...datos, direccion: 'otra', nombre: 'Luis', referencia: 'Portón azul' }
    expect(direccionDe(escrita, ana)).toEqual({
      nombre: 'Luis',
      calle: 'Larga 7',
      ciudad: 'Cuenca',
      pais: 'EC',
      referencia: 'Portón azul',
    })
  })
})

const facturaDe = (numero: string) =>
  ({
    identificacion: { pais: 'EC', tipo: 'ruc', numero },
    razonSocial: `Casa ${numero}`,
  }) as const

test('an invoice is made out as is kept, by one of several that was chosen, or as is typed', () => {
  const [una, dos] = [facturaDe('1'), { ...facturaDe('2'), email: 'cuentas@casa.example' }]
  const con = { ...ana, facturaciones: [una, dos] }
  const escrita = { paisDocumento: 'EC', tipo: 'ruc', numero: '3', razonSocial: 'Sur' }
  const pide = { ...escrita, conFactura: 'si', facturaEmail: ' sur@casa.example ' }
  expect(facturacionDe({ ...pide, conFactura: '' }, con)).toBeUndefined()
  expect(facturacionDe(pide, con)).toBe(una)
  expect(facturacionDe({ ...pide, factura: claveFactura(dos) }, con)).toBe(dos)
  const otra = {
    identificacion: { pais: 'EC', tipo: 'ruc', numero: '3' },
    razonSocial: 'Sur',
    email: 'sur@casa.example',
  } as const
  expect(facturacionDe({ ...pide, factura: 'otra' }, con)).toEqual(otra)
  // One alone fills in the fields, which say what counts.
  expect(facturacionDe(pide, { ...ana, facturaciones: [dos] })).toEqual(otra)
  expect(pasoPendiente({ conFactura: 'si', factura: 'otra' }, con, [moto])).toBe(2)
  expect(pasoPendiente({ conFactura: 'si' }, con, [moto])).toBeUndefined()
})

const cotizable = (mas: Borrador, metodos = [moto, retiro]) =>
  porCotizar(cesta, { ...datos, ...mas }, { comprador: invitado, metodos })

describe('a quote', () => {
  const lineas = [{ productoId: 'a', cantidad: 2 }]

  test('is asked for with no more than decides about it', () => {
    expect(cotizable({}, [])).toEqual({ lineas })
    expect(cotizable({ provincia: 'Azuay' })).toEqual({ lineas, direccionEnvio: { pais: 'EC' } })
    const zonas = [{ pais: 'EC', provincias: ['Azuay'] }]
    expect(cotizable({ provincia: 'Azuay' }, [metodo('moto', { zonas })])).toEqual({
      lineas,
      direccionEnvio: { pais: 'EC', provincia: 'Azuay' },
    })
    expect(cotizable({ entrega: 'retiro', metodo: 'tienda', cupon: 'HOLA10' })).toEqual({
      lineas,
      metodoEnvio: 'tienda',
      cupon: 'HOLA10',
    })
    // Chosen while it was to be sent, which it is no longer.
    expect(cotizable({ entrega: 'retiro', metodo: 'moto' })).toEqual({ lineas })
  })

  test('says why in the reader’s language, as exactly as the service does', () => {
    const vencido = { codigo: 'cupon-invalido', detalle: 'Ya venció.', motivo: 'vencido' } as const
    expect(textoDeCupon(es, vencido)).toBe('Ya venció.')
    expect(textoDeCupon(en, vencido)).toContain('has expired')
    const { motivo: _, ...sinMotivo } = vencido
    expect(textoDeCupon(en, sinMotivo)).toContain('isn’t valid for this order')
    const corto = {
      codigo: 'stock-insuficiente',
      detalle: 'De A queda 1.',
      productoId: 'a',
    } as const
    const faltas = (disponible: number) =>
      faltasDe(en, cesta, { ...cotizacion, avisos: [{ ...corto, disponible }] })
    expect(faltas(1)).toEqual(['A: you wanted 2, only 1 left'])
    expect(faltas(2)).toEqual([])
  })

  test('adds to the prices that were seen what comes on top of them', () => {
    expect(totalCon(cesta, undefined)).toBe(1_000)
    expect(totalCon(cesta, cotizacion)).toBe(1_250)
  })
})

describe('the steps of the checkout', () => {
  test('are entered in their order, whatever the address says', () => {
    expect([undefined, '2', 3, '4', 'x'].map((paso) => leerPaso({ paso }))).toEqual([
      {},
      { paso: 2 },
      { paso: 3 },
      {},
      {},
    ])
    expect(pasoPendiente({}, invitado, [moto])).toBe(1)
    expect(pasoPendiente({ ...datos, calle: ' ' }, invitado, [moto])).toBe(1)
    expect(pasoPendiente({ ...datos, calle: '' }, invitado, [retiro])).toBeUndefined()
    expect(pasoPendiente({}, ana, [moto])).toBeUndefined()
    expect(pasoPendiente({ conFactura: 'si', numero: '1' }, ana, [moto])).toBe(2)
  })

  test('ask how one gets it only where there is a choice', () => {
    expect(entregaDe({ entrega: 'retiro' }, [moto])).toBe('domicilio')
    expect(entregaDe({}, [retiro])).toBe('retiro')
    expect(entregaDe({ entrega: 'retiro' }, [moto, retiro])).toBe('retiro')
  })

  test('keep what is not on the page, and forget a box that is not ticked', () => {
    const formData = new FormData()
    formData.set('calle', 'Sol 2')
    const previo = { calle: 'Sol 1', nombre: 'Ana', conFactura: 'si' }
    expect(borradorDe(formData, previo)).toMatchObject({
      calle: 'Sol 2',
      nombre: 'Ana',
      conFactura: '',
    })
  })
})

test('an order that may have arrived is known again by the basket and what was typed, and by nothing else', () => {
  const huella = huellaDe(cesta, { calle: 'Sol 1', ciudad: 'Loja' })
  expect(huellaDe(cesta, { ciudad: 'Loja', calle: 'Sol 1' })).toBe(huella)
  expect(huellaDe(cesta, { calle: 'Sol 2', ciudad: 'Loja' })).not.toBe(huella)
  expect(huellaDe([], { calle: 'Sol 1', ciudad: 'Loja' })).not.toBe(huella)
})

test('a method counts as chosen when it was pressed, not when it stood there first', () => {
  const escrito = new FormData()
  escrito.set('metodo', 'nacional')
  escrito.set('provincia', 'Azuay')
  expect(trasCambio(escrito, {}, 'provincia')).toMatchObject({ provincia: 'Azuay', metodo: '' })
  expect(trasCambio(escrito, {}, 'metodo').metodo).toBe('nacional')
  expect(trasCambio(escrito, { metodo: 'moto' }, 'calle').metodo).toBe('moto')
})

test('what a service has against a field stands at its control', () => {
  expect(controlDe('direccionEnvio.calle')).toBe('calle')
  expect(controlDe('contacto.email')).toBe('contactoEmail')
  expect(controlDe('facturacion.identificacion.numero')).toBe('numero')
  expect(controlDe('facturacion.identificacion.pais')).toBe('paisDocumento')
})
