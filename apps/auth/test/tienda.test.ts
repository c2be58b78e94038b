import { describe, expect, test } from 'bun:test'
import { Type } from '@sinclair/typebox'
import { TiendaVista } from '../src/http/tienda-schemas.ts'
import { bodyOf, createHarness, refusal } from './fixture.ts'

const cara = {
  nombre: 'Bazar del Barranco',
  lema: 'Cosas buenas de cerca',
  idioma: 'en',
  zonaHoraria: 'America/Guayaquil',
  colores: { principal: '#1d4ed8', fondo: '#fffbeb' },
  contacto: {
    email: 'hola@bazar.example',
    telefono: '+593 7 282 0101',
    direccion: 'Calle Larga 4-20\nCuenca',
    horario: 'De lunes a sábado',
  },
  terminos: 'Uno.\n\nDos.',
  privacidad: 'Nada.',
  portada: {
    titulo: 'Café',
    texto: 'De Loja.',
    enlace: { texto: 'Ver', destino: '/?q=caf%C3%A9' },
  },
  categoriasDestacadas: ['Café', 'Panes'],
} as const

async function withAdmin() {
  const harness = await createHarness()
  const jefa = await harness.admin()
  const leer = (headers = {}) => harness.send('/tienda', 'GET', undefined, headers)
  const cambiar = (body: unknown, headers = {}) =>
    harness.send('/tienda', 'PATCH', body, { ...jefa.headers, ...headers })
  return { ...harness, jefa, leer, cambiar }
}

const ver = (answer: Response) => bodyOf(answer, TiendaVista)
const versionOf = async (answer: Response) => [
  answer.status,
  answer.headers.get('etag'),
  (await ver(answer)).version,
]

const openWith = (env: Record<string, string>) => createHarness({ env })

describe('a shop that never said anything of itself', () => {
  test('is called as the environment says, until an admin says otherwise', async () => {
    const env = { TIENDA_NOMBRE: ' Bazar ', TIENDA_ZONA: 'America/Guayaquil', TIENDA_IDIOMA: 'en' }
    const { send, admin } = await createHarness({ env })
    const first = { nombre: 'Bazar', zonaHoraria: 'America/Guayaquil', idioma: 'en', version: 0 }
    expect(await ver(await send('/tienda'))).toMatchObject(first)
    const { headers } = await admin()
    const said = await send('/tienda', 'PATCH', { nombre: 'Café del Barranco' }, headers)
    const after = { ...first, nombre: 'Café del Barranco', version: 1 }
    expect(await ver(said)).toMatchObject(after)
    expect(await ver(await send('/tienda'))).toMatchObject(after)
  })

  test('takes no name of two lines, and no zone that there is not', async () => {
    await expect(openWith({ TIENDA_NOMBRE: 'a\nb' })).rejects.toThrow(
      'TIENDA_NOMBRE must be the name',
    )
    await expect(openWith({ TIENDA_NOMBRE: ' ' })).rejects.toThrow('TIENDA_NOMBRE must be the name')
    await expect(openWith({ TIENDA_ZONA: 'Luna' })).rejects.toThrow(
      'TIENDA_ZONA must be a time zone',
    )
    await expect(openWith({ TIENDA_IDIOMA: 'fr' })).rejects.toThrow(
      'TIENDA_IDIOMA must be es or en',
    )
  })

  test('is nobody in particular, and says so to everybody', async () => {
    const { leer } = await withAdmin()
    const answer = await leer()
    expect(answer.headers.get('etag')).toBe('"0"')
    const vista = await ver(answer)
    expect(vista).toMatchObject({ nombre: 'Tienda', zonaHoraria: 'UTC', idioma: 'es', logo: null })
    expect(vista).toMatchObject({ portada: { imagen: null }, version: 0, actualizadoEn: null })
    expect(JSON.stringify(vista)).not.toMatch(/encargo/i)
  })
})

describe('PATCH /tienda', () => {
  test('keeps all that a shop says of itself, and whoever has it is told that it is the same', async () => {
    const { leer, cambiar } = await withAdmin()
    const written = await ver(await cambiar(cara))
    expect(written).toMatchObject(cara)
    const answer = await leer()
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(await ver(answer)).toEqual(written)
    const known = await leer({ 'if-none-match': '"1"' })
    expect([known.status, await known.text()]).toEqual([304, ''])
  })

  test('changes what is named and nothing else, and of what has parts just those', async () => {
    const { cambiar } = await withAdmin()
    await cambiar(cara)
    const changed = await ver(
      await cambiar({
        lema: null,
        colores: { fondo: null },
        contacto: { email: 'otra@bazar.example' },
        portada: { enlace: null },
        categoriasDestacadas: [],
      }),
    )
    expect(changed).toMatchObject({
      ...cara,
      lema: null,
      colores: { principal: '#1d4ed8', fondo: null },
      contacto: { ...cara.contacto, email: 'otra@bazar.example' },
      portada: { ...cara.portada, enlace: null },
      categoriasDestacadas: [],
      version: 2,
    })
  })

  test('of what is there already changes no version and leaves no line in the log', async () => {
    const { cambiar, store } = await withAdmin()
    expect(await versionOf(await cambiar(cara))).toEqual([200, '"1"', 1])
    expect(await versionOf(await cambiar(cara))).toEqual([200, '"1"', 1])
    const lines = await store.auditoria.listar({ accion: 'tienda-editada', limite: 9 })
    expect(lines).toHaveLength(1)
  })

  test('tells the log who changed what, from where, and not to what', async () => {
    const { cambiar, store, jefa } = await withAdmin()
    await cambiar({ nombre: 'Bazar', terminos: 'Ninguno.' }, { 'x-test-address': '203.0.113.9' })
    const [line] = await store.auditoria.listar({ accion: 'tienda-editada', limite: 9 })
    expect(line).toMatchObject({
      actorId: jefa.id,
      sujetoId: null,
      red: '203.0.113.0/24',
      detalle: 'nombre, terminos',
    })
  })

  test('comes too late for a version that is gone', async () => {
    const { cambiar, leer } = await withAdmin()
    await cambiar({ nombre: 'Una' }, { 'if-match': '"0"' })
    expect(await refusal(await cambiar({ nombre: 'Otra' }, { 'if-match': '"0"' }))).toBe(
      '412 version-distinta',
    )
    expect((await ver(await leer())).nombre).toBe('Una')
  })

  test('of two at once that saw the same version lets one through', async () => {
    const { cambiar } = await withAdmin()
    const both = ['Una', 'Otra'].map((nombre) => cambiar({ nombre }, { 'if-match': '"0"' }))
    const states = (await Promise.all(both)).map(({ status }) => status)
    expect(states.toSorted()).toEqual([200, 412])
  })

  test('is for admins, and for those who still are', async () => {
    const { send, cliente, store, jefa, cambiar, leer } = await withAdmin()
    const ana = await cliente()
    const asked = (headers = {}) => send('/tienda', 'PATCH', { nombre: 'Mía' }, headers)
    expect(await refusal(await asked())).toBe('401 no-autenticado')
    expect(await refusal(await asked(ana.headers))).toBe('403 prohibido')
    await store.usuarios.editar({
      id: ana.id,
      actor: { id: jefa.id, como: 'admin' },
      cambios: { rol: 'admin' },
      direccion: undefined,
      admite: () => true,
      now: 1,
    })
    await send(`/usuarios/${jefa.id}`, 'PATCH', { rol: 'operador' }, jefa.headers)
    // Its token still says admin.
    expect(await refusal(await cambiar({ nombre: 'Mía' }))).toBe('403 prohibido')
    expect((await ver(await leer())).version).toBe(0)
  })

  test('takes a text without what came along when it was copied', async () => {
    const { cambiar } = await withAdmin()
    const vista = await ver(
      await cambiar({ nombre: '\u200b Café\u0301  ', terminos: 'Uno.\r\n\r\nDos.\r\n' }),
    )
    expect(vista).toMatchObject({ nombre: 'Café\u0301'.normalize('NFC'), terminos: 'Uno.\n\nDos.' })
  })

  test('knows a time zone by the name that everybody knows', async () => {
    const { cambiar } = await withAdmin()
    expect((await ver(await cambiar({ zonaHoraria: 'america/guayaquil' }))).zonaHoraria).toBe(
      'America/Guayaquil',
    )
  })

  const Errores = Type.Object({
    errores: Type.Array(Type.Object({ campo: Type.String(), regla: Type.String() })),
  })
  test.each([
    [{ nombre: null }, 'nombre', 'texto'],
    [{ nombre: ' ' }, 'nombre', 'texto-limpio'],
    [{ nombre: 'Bazar\r\nBcc: todos@correo.example' }, 'nombre', 'texto-limpio'],
    [{ nombre: 'x'.repeat(61) }, 'nombre', 'maximo-caracteres'],
    [{ idioma: 'fr' }, 'idioma', 'opcion'],
    [{ zonaHoraria: 'Marte/Olympus' }, 'zonaHoraria', 'zona-horaria'],
    [{ zonaHoraria: '+05:00' }, 'zonaHoraria', 'zona-horaria'],
    [{ colores: { principal: 'red' } }, 'colores.principal', 'color'],
    [{ colores: { principal: '#1d4ed8;}body{display:none' } }, 'colores.principal', 'color'],
    [{ colores: {} }, 'colores', 'algun-cambio'],
    [{ contacto: { email: 'nadie' } }, 'contacto.email', 'correo'],
    [{ portada: { titulo: 7 } }, 'portada.titulo', 'texto'],
    [
      { portada: { enlace: { texto: 'Ver', destino: 'javascript:alert(1)' } } },
      'portada.enlace.destino',
      'direccion-web',
    ],
    [
      { portada: { enlace: { texto: 'Ver', destino: '//otra.example' } } },
      'portada.enlace.destino',
      'direccion-web',
    ],
    [
      { portada: { enlace: { texto: 'Ver', destino: 'http://otra.example' } } },
      'portada.enlace.destino',
      'direccion-web',
    ],
    [{ categoriasDestacadas: ['Café', 'Café'] }, 'categoriasDestacadas', 'repetidos'],
    [{ moneda: 'USD' }, 'moneda', 'no-admitido'],
    [{}, '(cuerpo)', 'algun-cambio'],
  ])('refuses %j and names %s', async (body, campo, regla) => {
    const { cambiar, leer } = await withAdmin()
    const answer = await cambiar(body)
    expect(answer.status).toBe(422)
    const { errores } = await bodyOf(answer, Errores)
    expect(errores).toMatchObject([{ campo, regla }])
    expect((await ver(await leer())).version).toBe(0)
  })
})
