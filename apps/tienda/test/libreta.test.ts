import { describe, expect, test } from 'bun:test'
import { leerIdentificacion } from '../src/formularios/campos-identificacion.tsx'
import { ErrorDeCampo } from '../src/formularios/formulario.ts'
import {
  direccionEscrita,
  direccionNueva,
} from '../src/pages/cuenta/libreta/formulario-direccion.tsx'
import { en } from '../src/textos/en.ts'
import { es } from '../src/textos/es.ts'

const formulario = (campos: Readonly<Record<string, string>>) => {
  const datos = new FormData()
  for (const [campo, valor] of Object.entries(campos)) datos.set(campo, valor)
  return datos
}

const leer = (numero: string, textos = es) => {
  const datos = formulario({ paisDocumento: 'EC', tipo: 'ruc', numero })
  try {
    return leerIdentificacion(datos, textos)
  } catch (error) {
    if (!(error instanceof ErrorDeCampo)) throw error
    return [error.campo, error.message]
  }
}

describe('an address that somebody types', () => {
  test('has no empty fields when it is new, and takes away what was emptied when it is changed', () => {
    const escrita = direccionEscrita(
      formulario({
        nombre: ' Ana ',
        calle: 'Larga 7',
        ciudad: 'Cuenca',
        pais: 'EC',
        alias: 'Casa',
      }),
    )
    const dicho = { nombre: 'Ana', calle: 'Larga 7', ciudad: 'Cuenca', pais: 'EC', alias: 'Casa' }
    const vacios = { referencia: null, provincia: null, codigoPostal: null, telefono: null }
    expect(escrita).toEqual({ ...dicho, ...vacios })
    expect(direccionNueva(escrita)).toEqual(dicho)
  })
})

describe('an identity number that somebody types', () => {
  test('is read as it is kept', () => {
    expect(leer('179-001-1674 001')).toEqual({ pais: 'EC', tipo: 'ruc', numero: '1790011674001' })
  })

  test('that is wrong is told at its field, in the language of the page', () => {
    expect(leer('1714307104001')).toEqual([
      'numero',
      'Revisa el RUC: el dígito verificador no corresponde a los demás. Puede haber una cifra mal escrita.',
    ])
    expect(leer('17143', en)).toEqual([
      'numero',
      'That isn’t how this number is written. Check its length.',
    ])
  })
})
