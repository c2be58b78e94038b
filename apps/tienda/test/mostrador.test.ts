import { describe, expect, test } from 'bun:test'
import { renglones } from '../src/backoffice/pedidos/entrega.tsx'
import {
  contactoDe,
  leerCantidad,
  parecido,
  ventaDe,
  vueltoDe,
} from '../src/backoffice/venta/mostrador.ts'

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
    const nada = { ...nadie, notas: '', cupon: '', facturacion: undefined }
    const lineas = [{ productoId: 'a', cantidad: 2, precioEsperado: 350 }]
    const minima = { lineas, completar: true, canal: 'mostrador' }
    expect(ventaDe(cuenta, { ...nada, totalEsperado: undefined })).toEqual(minima)
    const contacto = { nombre: 'Nora', email: 'nora@correo.example' }
    expect(contactoDe({ ...contacto, telefono: null })).toEqual(contacto)
    const mas = { clienteId: 'c', contacto, notas: 'ya', cupon: 'DIEZ', totalEsperado: 630 }
    const entera = { ...nada, ...mas }
    const { facturacion: _, ...dicho } = entera
    expect(ventaDe(cuenta, entera)).toEqual({ ...minima, ...dicho })
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
