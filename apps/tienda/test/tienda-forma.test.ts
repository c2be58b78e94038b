import { describe, expect, test } from 'bun:test'
import { mover } from '../src/backoffice/tienda/destacadas.tsx'
import {
  cambiosEntre,
  conCambios,
  type Forma,
  formaDe,
  leerForma,
} from '../src/backoffice/tienda/forma.ts'
import { caraDe, type TiendaDicha } from '../src/cara/dicha.ts'

const nunca: TiendaDicha = {
  nombre: 'Tienda',
  lema: null,
  idioma: 'es',
  zonaHoraria: 'UTC',
  colores: { principal: null, fondo: null },
  logo: null,
  icono: null,
  contacto: { email: null, telefono: null, direccion: null, horario: null },
  terminos: null,
  privacidad: null,
  portada: { titulo: null, texto: null, imagen: null, enlace: null },
  categoriasDestacadas: [],
}
const antes = formaDe({ ...nunca, nombre: 'Bazar' }, 'Asia/Tokyo')

/** The form as it stands on the page, with some fields filled in. */
function escrita(campos: Record<string, string>, destacadas: readonly string[] = []): Forma {
  const datos = new FormData()
  const vacia = { nombre: 'Bazar', idioma: 'es', zonaHoraria: 'UTC' }
  for (const [campo, texto] of Object.entries({ ...vacia, ...campos })) datos.set(campo, texto)
  return leerForma(datos, destacadas)
}

describe('the form of the shop', () => {
  test('proposes the browser’s zone to a shop that never said anything, and no name', () => {
    expect(formaDe(nunca, 'America/Bogota')).toMatchObject({
      nombre: '',
      zonaHoraria: 'America/Bogota',
    })
    // Also if all that it has is a logo.
    const logo = { url: `/tienda/imagenes/logo/${'ab'.repeat(32)}`, ancho: 9, alto: 3 }
    expect(caraDe({ ...nunca, logo })).toMatchObject({ nombre: null, zonaHoraria: null })
    expect(antes).toMatchObject({ nombre: 'Bazar', zonaHoraria: 'UTC' })
  })

  test('sends what was changed and nothing else, also of what has parts', () => {
    expect(cambiosEntre(antes, escrita({}))).toEqual({})
    const forma = escrita(
      { email: ' hola@bazar.example ', principal: 'ABC', terminos: 'Uno.\r\n\r\nDos.' },
      ['Tés'],
    )
    expect(cambiosEntre(antes, forma)).toEqual({
      contacto: { email: 'hola@bazar.example' },
      colores: { principal: '#aabbcc' },
      terminos: 'Uno.\n\nDos.',
      categoriasDestacadas: ['Tés'],
    })
  })

  test('empties what was taken away, and gives a button whole or not at all', () => {
    const conBoton = escrita({ enlaceTexto: 'Ver', destino: '/cesta', titulo: 'Rebajas' })
    expect(conBoton.portada.enlace).toEqual({ texto: 'Ver', destino: '/cesta' })
    expect(cambiosEntre(conBoton, escrita({ titulo: 'Rebajas' }))).toEqual({
      portada: { enlace: null },
    })
  })

  test('puts what was changed here on what somebody else wrote, and undoes nothing of it', () => {
    const suya = { ...antes, lema: 'Suyo', contacto: { ...antes.contacto, telefono: '593' } }
    const mia = cambiosEntre(antes, escrita({ email: 'a@b.example', lema: 'Mío' }))
    expect(conCambios(suya, mia)).toEqual({
      ...suya,
      lema: 'Mío',
      contacto: { ...suya.contacto, email: 'a@b.example' },
    })
  })

  test('moves a featured category by one place, and not beyond the ends', () => {
    expect(mover(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
    expect(mover(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
    expect(mover(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  })
})
