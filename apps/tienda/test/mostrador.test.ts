import { describe, expect, test } from 'bun:test'
import { leerEfectivo } from '../src/documentos/efectivo.ts'
import { ErrorDeCampo } from '../src/formularios/formulario.ts'
import { renglones } from '../src/backoffice/pedidos/entrega.tsx'
import {
  contactoDe,
  leerCantidad,
  parecido,
  ventaDe,
  vueltoDe,
} from '../src/backoffice/venta/mostrador.ts'
import { porAnotar } from '../src/backoffice/venta/anotar.ts'
import {
  alTotal,
  esEfectivo,
  importesDe,
  leerPartes,
  metodoDe,
  nuevaParte,
  type ParteEscrita,
  referenciaDe,
} from '../src/backoffice/venta/partes.ts'

const deCaja = {
  region: 'es-EC',
  moneda: 'USD',
  textos: { importeMal: 'mal', recibidoCorto: 'corto', parteMal: 'de más' },
}

const parte = (clave: number, metodo: string, de: Partial<ParteEscrita> = {}) => ({
  ...nuevaParte(clave, metodo),
  ...de,
})

/** Where and why parts are stopped at. */
const campo = (partes: readonly ParteEscrita[]) => {
  try {
    leerPartes(partes, 810, deCaja)
  } catch (error) {
    if (error instanceof ErrorDeCampo) return `${error.campo}: ${error.message}`
  }
}

describe('how a sale is paid', () => {
  test('is all of it by one method, or parts of which the last is the rest', () => {
    const [una] = leerPartes([parte(0, 'efectivo', { recibido: '20' })], 810, deCaja)
    expect(una).toEqual({ metodo: 'efectivo', importe: 810, recibido: 2_000, referencia: '' })
    const dos = [
      parte(0, 'efectivo', { importe: '3,10', referencia: 'sobra' }),
      parte(1, 'datafono', { recibido: '99', referencia: ' 004512 ' }),
    ]
    expect(leerPartes(dos, 810, deCaja)).toEqual([
      { metodo: 'efectivo', importe: 310, recibido: undefined, referencia: '' },
      { metodo: 'datafono', importe: 500, recibido: undefined, referencia: '004512' },
    ])
    expect(alTotal(leerPartes(dos, 810, deCaja), 900).map(({ importe }) => importe)).toEqual([
      310, 590,
    ])
    expect(importesDe([parte(0, 'a', { importe: 'x' }), parte(1, 'b')], 810, deCaja)).toEqual([
      undefined,
      810,
    ])
  })

  test('stops at the part that is wrong', () => {
    const dos = (importe: string, recibido = '') => [
      parte(0, 'datafono', { importe }),
      parte(1, 'efectivo', { recibido }),
    ]
    expect(campo(dos('x'))).toBe('importe: mal')
    expect(campo(dos('0'))).toBe('importe: de más')
    expect(campo(dos('8,10'))).toBe('importe: de más')
    expect(campo(dos('3,10', '4'))).toBe('recibido-1: corto')
    expect(campo(dos('3,10', 'y'))).toBe('recibido-1: mal')
    expect(campo(dos('3,10', '5'))).toBeUndefined()
    expect(campo([parte(0, '', { recibido: '8' })])).toBe('recibido: corto')
  })

  test('is noted under words of its own, of which the receipt reads the cash', () => {
    const [una] = leerPartes([parte(0, 'efectivo', { recibido: '20' })], 810, deCaja)
    if (!una) throw new Error('there is one part')
    const referencia = referenciaDe(una, 42, 0, 'USD')
    expect(referencia).toBe('venta 42: recibido 20.00, cambio 11.90')
    expect(leerEfectivo(referencia, 'USD')).toEqual({ recibido: 2_000, cambio: 1_190 })
    const datafono = { ...una, metodo: 'datafono', recibido: undefined, referencia: '004512' }
    expect(referenciaDe(datafono, 42, 1, 'USD')).toBe('004512 · venta 42-2')
    expect(leerEfectivo('004512 · venta 42-2', 'USD')).toBeUndefined()
    const enYenes = referenciaDe({ ...una, importe: 810, recibido: 1_000 }, 7, 0, 'JPY')
    expect(leerEfectivo(enYenes, 'JPY')).toEqual({ recibido: 1_000, cambio: 190 })
  })

  test('is said of the order by a method that is for so much, and by none where nobody notes it', () => {
    const metodos = [
      { codigo: 'efectivo', minimo: null, maximo: 500 },
      { codigo: 'datafono', minimo: 100, maximo: null },
    ]
    const escritas = [parte(0, 'efectivo', { importe: '3' }), parte(1, 'datafono')]
    expect(metodoDe(leerPartes(escritas, 810, deCaja), metodos, 810)).toBe('datafono')
    expect(metodoDe(leerPartes(escritas, 400, deCaja), metodos, 400)).toBe('efectivo')
    const sola = leerPartes([parte(0, '')], 810, deCaja)
    expect(metodoDe(sola, metodos, 810)).toBeUndefined()
    expect(porAnotar(sola)).toEqual([])
    expect(['efectivo', 'efectivo-2', 'cash', 'efectivos', 'datafono'].map(esEfectivo)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })
})

describe('a sale at the counter', () => {
  test('takes as many as stand before a star of what is looked for', () => {
    expect(leerCantidad('3* café')).toEqual({ cantidad: 3, q: 'café' })
    expect(leerCantidad('12*SKU-1')).toEqual({ cantidad: 12, q: 'SKU-1' })
    for (const q of ['café', '0*café', '* café', '7up', '123456*a']) {
      expect(leerCantidad(q)).toEqual({ cantidad: 1, q })
    }
  })

  test('is nobody’s unless somebody is chosen, and says no more than was typed', () => {
    const cuenta = [{ productoId: 'a', nombre: 'Café', cantidad: 2, precioVisto: 350 }]
    const nadie = { clienteId: undefined, contacto: undefined }
    const nada = { ...nadie, notas: '', cupon: '', facturacion: undefined, metodoPago: undefined }
    const lineas = [{ productoId: 'a', cantidad: 2, precioEsperado: 350 }]
    const minima = { lineas, completar: true, canal: 'mostrador' }
    expect(ventaDe(cuenta, { ...nada, totalEsperado: undefined })).toEqual(minima)
    const contacto = { nombre: 'Nora', email: 'nora@correo.example' }
    expect(contactoDe({ ...contacto, telefono: null })).toEqual(contacto)
    const mas = { clienteId: 'c', contacto, notas: 'ya', cupon: 'DIEZ', totalEsperado: 630 }
    const entera = { ...nada, ...mas }
    const { facturacion: _, metodoPago: __, ...dicho } = entera
    expect(ventaDe(cuenta, entera)).toEqual({ ...minima, ...dicho })
    const pagada = ventaDe(cuenta, { ...nada, metodoPago: 'caja', totalEsperado: undefined })
    expect(pagada).toEqual({ ...minima, pago: { metodo: 'caja' } })
  })

  test('gives back what is over, or says what is missing', () => {
    expect(vueltoDe(2_000, 810)).toEqual({ tipo: 'vuelto', importe: 1_190 })
    expect(vueltoDe(810, 810)).toEqual({ tipo: 'vuelto', importe: 0 })
    expect(vueltoDe(800, 810)).toEqual({ tipo: 'falta', importe: 10 })
  })

  test('asks a new customer only for what was not typed to look for them', () => {
    expect(parecido('nora@correo.example')).toEqual({ email: 'nora@correo.example' })
    expect(parecido(' 099 123-4567 ')).toEqual({ telefono: '099 123-4567' })
    expect(parecido('+593991234567')).toEqual({ telefono: '+593991234567' })
    expect(parecido('1710034065')).toEqual({ cedula: '1710034065' })
    expect(parecido('Nora Vélez')).toEqual({ nombre: 'Nora Vélez' })
    expect(parecido('')).toEqual({})
  })
})

test('an address is copied as it stands on a parcel, without empty lines', () => {
  const direccion = { nombre: 'Rosa Peralta', calle: 'Larga 7-20', ciudad: 'Cuenca', pais: 'EC' }
  expect(renglones(direccion, 'es-EC')).toEqual(['Rosa Peralta', 'Larga 7-20', 'Cuenca', 'Ecuador'])
  const entera = {
    ...direccion,
    referencia: 'Casa verde',
    provincia: 'Azuay',
    codigoPostal: '010101',
  }
  expect(renglones(entera, 'en-US').slice(2, 4)).toEqual(['Casa verde', '010101, Cuenca, Azuay'])
})
