import { describe, expect, test } from 'bun:test'
import { QueryClient } from '@tanstack/react-query'
import type { EventoSeguido, Pedido } from '@encargo/client'
import * as fc from 'fast-check'
import { textosDe } from '../src/backoffice/busqueda.ts'
import {
  aplicarEvento,
  guardadoHasta,
  opcionesTablero,
  porVencer,
  seAnula,
} from '../src/backoffice/datos/pedidos.ts'
import { situacionDe } from '../src/datos/pedidos.ts'
import { cuantoQueda, urgencia } from '../src/backoffice/pedidos/plazo.tsx'
import { mirarSalud, type Salud } from '../src/backoffice/datos/salud.ts'
import { diaDe, inicioDelDia } from '../src/backoffice/datos/dias.ts'
import { leerPeriodo } from '../src/backoffice/datos/periodo.ts'
import { variacion } from '../src/backoffice/datos/resumen.ts'
import { marcasHasta } from '../src/backoffice/panel/graficas.tsx'
import { claramente } from '../src/backoffice/venta/claro.ts'
import { cambiosDe } from '../src/backoffice/usuarios/cambios.ts'
import { secciones } from '../src/backoffice/navegacion.tsx'
import { olvidarPersona } from '../src/sesion/olvidar.ts'

describe('an address of the back office', () => {
  const leer = textosDe('q', 'activo')

  test('gives its texts, and leaves out what is empty or not asked for', () => {
    expect(leer({ q: 'lana', activo: '', otro: 'x' })).toEqual({ q: 'lana' })
    expect(leer({ q: '   ', activo: undefined })).toEqual({})
  })

  test('may look like a number or a truth value and is a text all the same', () => {
    expect(leer({ q: 2024, activo: true })).toEqual({ q: '2024', activo: 'true' })
  })

  test('holds texts of a bounded length, whatever somebody wrote into it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('q', 'activo', 'z'), fc.jsonValue()),
        (busqueda) => {
          for (const texto of Object.values(leer(busqueda))) {
            expect(typeof texto).toBe('string')
            expect((texto ?? '').length).toBeLessThanOrEqual(200)
          }
        },
      ),
    )
  })
})

const consulta = (mas: object) =>
  opcionesTablero({ estado: porVencer, ...mas }, 'UTC').queryKey.at(-1)
const said = (ms: number) => [cuantoQueda('es-EC', ms), cuantoQueda('en', ms)]

describe('orders that cancel themselves', () => {
  const hora = 60 * 60 * 1000
  const dia = 24 * hora

  test('are asked for by when they do, unless words or days are looked for as well', () => {
    expect(consulta({})).toEqual({ estado: 'Pendiente', orden: 'expiraEn' })
    expect(consulta({ q: 'taza' })).toEqual({ estado: 'Pendiente', q: 'taza' })
    expect(consulta({ desde: '2026-03-01' })).not.toHaveProperty('orden')
  })

  test('are held for so many days more, and not beyond what the service takes', () => {
    const ahora = Date.UTC(2026, 0, 15)
    const pedido = { expiraEn: new Date(ahora + hora).toISOString() }
    expect(guardadoHasta(pedido.expiraEn, 3, ahora)).toBe(
      new Date(ahora + hora + 3 * dia).toISOString(),
    )
    const tarde = { expiraEn: new Date(ahora + 29 * dia).toISOString() }
    const hasta = Date.parse(guardadoHasta(tarde.expiraEn, 14, ahora))
    expect(hasta).toBeLessThan(ahora + 30 * dia)
    expect(hasta).toBeGreaterThan(ahora + 29 * dia)
  })

  test('say how long they have, the louder the less that is', () => {
    expect([hora, 4 * hora, dia, 5 * dia].map(urgencia)).toEqual([
      'bad',
      'warning',
      'neutral',
      'neutral',
    ])
    expect(said(30 * 60_000)).toEqual(['dentro de 30 minutos', 'in 30 minutes'])
    expect(said(26 * hora)).toEqual(['dentro de 26 horas', 'in 26 hours'])
    expect(said(3 * dia + hora)).toEqual(['dentro de 3 días', 'in 3 days'])
    expect(said(-hora)).toEqual(['dentro de 0 minutos', 'in 0 minutes'])
  })
})

const producto = (id: string, sku: string, nombre: string) => ({ id, sku, nombre })

describe('Enter at the counter', () => {
  const barro = producto('barro', 'TAZA-1', 'Taza de barro')
  const par = producto('par', 'TAZA-12', 'Par de tazas')
  const cafe = producto('cafe', 'CAF-LOJA-250', 'Café de Loja')
  const nino = producto('nino', 'NIÑO', 'Gorro')

  test.each([
    ['taza-1', [par, barro, cafe], 'barro'],
    ['CAF LOJA 250', [cafe], 'cafe'],
    ['niño', [nino, cafe], 'nino'],
    ['taza de barro', [par, barro], 'barro'],
    ['CAFES loja', [barro, cafe], 'cafe'],
    // Two are called so, or none is: what is only near, or only mentions it, is not taken.
    ['taza', [barro, par, cafe], undefined],
    ['taza', [cafe], undefined],
    ['tasa', [barro], undefined],
    ['ta', [barro], undefined],
    ['nino', [nino], 'nino'],
    ['', [cafe], undefined],
    ['--', [cafe], undefined],
  ])('takes what is plainly meant: %s', (q, hallados, meant) => {
    expect(claramente(q, hallados)).toBe(meant)
  })
})

describe('days of the calendar', () => {
  test('begin when they begin in the zone, and end when the next begins', () => {
    expect(inicioDelDia('America/Guayaquil', '2026-03-01')).toBe('2026-03-01T05:00:00.000Z')
    expect(inicioDelDia('Asia/Kolkata', '2026-12-31', 1)).toBe('2026-12-31T18:30:00.000Z')
    // Where clocks go from midnight to one, the day begins at one.
    expect(inicioDelDia('Africa/Cairo', '2026-04-24')).toBe('2026-04-23T22:00:00.000Z')
  })

  test('begin as the calendar of any zone has it', () => {
    const zona = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
    // Until 2011, some clocks of Canada went back a minute after midnight, and a day began twice.
    const dia = fc.date({
      min: new Date('2012-01-01'),
      max: new Date('2090-01-01'),
      noInvalidDate: true,
    })
    const comienza = fc.property(zona, dia, (timeZone, fecha) => {
      const escrito = fecha.toISOString().slice(0, 10)
      const { epochMilliseconds } = Temporal.PlainDate.from(escrito).toZonedDateTime(timeZone)
      expect(inicioDelDia(timeZone, escrito)).toBe(new Date(epochMilliseconds).toISOString())
    })
    const seed = Date.now() % 1_000_000
    console.log(`beginnings of days, seed ${seed}`)
    fc.assert(comienza, { seed, numRuns: 500 })
  })

  test('are no filter when they are no days', () => {
    for (const texto of [
      undefined,
      '',
      '2026-3-1',
      'ayer',
      '2026-03-01T00:00',
      '2026-02-30',
      '0026-01-01',
      '275760-09-13',
    ]) {
      expect(inicioDelDia('UTC', texto)).toBeUndefined()
    }
  })

  test('are counted back over months and years', () => {
    const tarde = Date.parse('2026-01-03T23:30:00Z')
    expect(diaDe('America/Guayaquil', tarde, 6)).toBe('2025-12-28')
    expect(diaDe('Asia/Tokyo', tarde, 0)).toBe('2026-01-04')
  })
})

const pedido = (id: string, actualizadoEn: string): Pedido => ({
  id,
  numero: 1,
  clienteId: 'c',
  estado: 'Pendiente',
  lineas: [],
  subtotal: 0,
  descuento: 0,
  envioImporte: 0,
  impuesto: 0,
  base: 0,
  total: 0,
  exigible: 0,
  apartado: 'plazo',
  pago: {
    estado: 'sin-cobro',
    metodo: null,
    exigible: 0,
    cobrado: 0,
    reembolsado: 0,
    enDisputa: 0,
    saldo: 0,
    cobros: [],
  },
  impuestos: [],
  contacto: null,
  facturacion: null,
  metodoEnvio: null,
  cupon: null,
  idioma: null,
  canal: null,
  moneda: 'USD',
  notas: null,
  direccionEnvio: null,
  motivo: null,
  anulado: null,
  expiraEn: actualizadoEn,
  creadoEn: actualizadoEn,
  actualizadoEn,
  historial: [],
})

const evento = (pedidoId: string, en: string): EventoSeguido => ({
  id: '7',
  pedidoId,
  numero: 1,
  estado: 'Cancelado',
  motivo: 'roto',
  en,
})

function tablero(...pedidos: Pedido[]) {
  const consultas = new QueryClient()
  const { queryKey } = opcionesTablero({ q: 'lana' }, 'UTC')
  const pages = [{ datos: pedidos, siguiente: null }]
  consultas.setQueryData(queryKey, { pages, pageParams: [null] })
  const estados = () =>
    consultas.getQueryData(queryKey)?.pages.flatMap(({ datos }) => datos.map((uno) => uno.estado))
  return { consultas, estados }
}

describe('the board', () => {
  test('shows a change at once, on the order that changed and on no other', () => {
    const { consultas, estados } = tablero(pedido('a', '2026-01-01'), pedido('b', '2026-01-01'))
    aplicarEvento(consultas, evento('b', '2026-01-02'))
    expect(estados()).toEqual(['Pendiente', 'Cancelado'])
  })

  test('does not go back to what was before, when an old change is told late', () => {
    const { consultas, estados } = tablero(pedido('a', '2026-01-03'))
    aplicarEvento(consultas, evento('a', '2026-01-02'))
    expect(estados()).toEqual(['Pendiente'])
  })
})

describe('a change of an account', () => {
  const usuario = {
    id: 'u',
    email: 'ana@tienda.example',
    nombre: 'Ana',
    telefono: null,
    cedula: '0102',
    rol: 'cliente',
    activo: true,
    invitado: false,
    conPassword: true,
    emailConfirmado: true,
    creadoEn: '2026-01-01T00:00:00.000Z',
  } as const
  const igual = {
    nombre: 'Ana',
    telefono: '',
    cedula: '0102',
    rol: 'cliente',
    activo: true,
    emailConfirmado: false,
  }

  test('names only what is different, so that nothing of somebody else is undone', () => {
    expect(cambiosDe(usuario, igual)).toEqual({})
    expect(cambiosDe(usuario, { ...igual, nombre: 'Ana P.' })).toEqual({ nombre: 'Ana P.' })
    expect(cambiosDe(usuario, { ...igual, activo: false })).toEqual({ activo: false })
  })

  test('vouches for an address that nobody has confirmed, and takes nothing back', () => {
    expect(cambiosDe(usuario, { ...igual, emailConfirmado: true })).toEqual({})
    const sinConfirmar = { ...usuario, emailConfirmado: false }
    expect(cambiosDe(sinConfirmar, igual)).toEqual({})
    expect(cambiosDe(sinConfirmar, { ...igual, emailConfirmado: true })).toEqual({
      emailConfirmado: true,
    })
  })

  test('takes away what was emptied, and knows no roles but the three', () => {
    expect(cambiosDe(usuario, { ...igual, cedula: '' })).toEqual({ cedula: null })
    expect(cambiosDe(usuario, { ...igual, rol: 'dios' })).toEqual({})
  })
})

const informe = { estado: 'listo', almacenamiento: { ok: true }, servicios: {} } as const
const responde = () => Promise.resolve(Response.json(informe))
const caido = () => Promise.reject(new TypeError('no connection'))

const mirar = (pedir: () => Promise<Response>, antes?: Salud, hora = '10') =>
  mirarSalud('pedidos', {
    antes,
    signal: new AbortController().signal,
    ahora: new Date(`2026-01-01T${hora}:00:00.000Z`),
    pedir,
  })

describe('the axis of a chart', () => {
  test.each([
    [0, 1, [0, 1]],
    [3, 1, [0, 1, 2, 3]],
    [15, 1, [0, 5, 10, 15]],
    [43_210, 100, [0, 20_000, 40_000, 60_000]],
    [0, 100, [0, 100]],
    [7, 1_000, [0, 1_000]],
  ])('up to %d in steps of %d or more has round numbers', (mayor, paso, marcas) => {
    expect(marcasHasta(mayor, paso)).toEqual(marcas)
  })
})

describe('the health of a service', () => {
  test('is what it says of itself, also with 503', async () => {
    const mal = { ...informe, estado: 'no-listo' }
    expect(await mirar(() => Promise.resolve(Response.json(mal, { status: 503 })))).toMatchObject({
      tipo: 'responde',
      informe: { estado: 'no-listo' },
    })
  })

  test('is unknown when somebody else answers for it, with a problem or with a page', async () => {
    const problema = { codigo: 'servicio-no-disponible', status: 503 }
    const otros = [
      () => Promise.resolve(Response.json(problema, { status: 503 })),
      () => Promise.resolve(new Response('<!doctype html>')),
      caido,
    ]
    for (const otro of otros) expect((await mirar(otro)).tipo).toBe('inalcanzable')
  })

  test('is so since it became so, and not since it was last looked at', async () => {
    const primera = await mirar(caido)
    const segunda = await mirar(caido, primera, '11')
    expect(segunda.desde).toBe('2026-01-01T10:00:00.000Z')
    const vuelta = await mirar(responde, segunda, '12')
    expect(vuelta).toMatchObject({ tipo: 'responde', desde: '2026-01-01T12:00:00.000Z' })
    expect((await mirar(responde, vuelta, '13')).desde).toBe('2026-01-01T12:00:00.000Z')
  })
})

test('each section of the navigation has an address of its own', () => {
  const direcciones = secciones.map(({ to }) => to)
  expect(new Set(direcciones).size).toBe(direcciones.length)
  expect(secciones.filter(({ exacta }) => exacta)).toHaveLength(1)
})

test('whoever logs in next finds nothing of what the one before was answered', () => {
  const consultas = new QueryClient()
  const propias = [['yo'], ['pedidos', 'uno', 'x'], ['usuarios', 'ids', []], ['resumen', 30]]
  const deTodos = [
    ['productos', 'lista', {}],
    ['disponibles', []],
  ]
  const ajenas = [...propias, ['auditoria', {}], ['productos', 'gestion', {}]]
  for (const queryKey of [...ajenas, ...deTodos]) consultas.setQueryData(queryKey, 'algo')
  olvidarPersona(consultas)
  expect(ajenas.map((queryKey) => consultas.getQueryData(queryKey))).toEqual(
    ajenas.map(() => undefined),
  )
  expect(deTodos.map((queryKey) => consultas.getQueryData(queryKey))).toEqual(['algo', 'algo'])
})

describe('the days of the dashboard', () => {
  const ahora = Date.parse('2026-03-31T04:30:00Z')
  const en = (busqueda: object, cuando = ahora) => {
    const { desde, hasta, antes, plazo } = leerPeriodo(busqueda, 'America/Guayaquil', cuando)
    return [plazo, `${desde} ${hasta}`, `${antes.desde} ${antes.hasta}`]
  }

  test('are held against as many before them, and months against the month before', () => {
    expect(en({})).toEqual(['30', '2026-03-01 2026-03-30', '2026-01-30 2026-02-28'])
    expect(en({ dias: 'hoy' })).toEqual(['hoy', '2026-03-30 2026-03-30', '2026-03-29 2026-03-29'])
    expect(en({ dias: '7' })).toEqual(['7', '2026-03-24 2026-03-30', '2026-03-17 2026-03-23'])
    // February has no 30th: all of it.
    expect(en({ dias: 'mes' })).toEqual(['mes', '2026-03-01 2026-03-30', '2026-02-01 2026-02-28'])
    expect(en({ dias: 'mes-pasado' })).toEqual([
      'mes-pasado',
      '2026-02-01 2026-02-28',
      '2026-01-01 2026-01-28',
    ])
    const enero = Date.parse('2026-01-10T12:00:00Z')
    expect(en({ dias: 'mes' }, enero)[2]).toBe('2025-12-01 2025-12-10')
  })

  test('are those that somebody typed, if there are such days and not too many', () => {
    expect(en({ desde: '2026-02-10', hasta: '2026-02-12' })).toEqual([
      undefined,
      '2026-02-10 2026-02-12',
      '2026-02-07 2026-02-09',
    ])
    for (const mal of [
      { desde: '2026-02-30', hasta: '2026-03-01' },
      { desde: '2026-03-02', hasta: '2026-03-01' },
      { desde: '2020-01-01', hasta: '2026-03-01' },
      { desde: '2026-03-01' },
      { dias: '12' },
    ]) {
      expect(en(mal)[0]).toBe('30')
    }
  })

  test('have grown or shrunk by a part of what was before, if there was something', () => {
    expect([variacion(150, 100), variacion(0, 100), variacion(5, 0)]).toEqual([0.5, -1, undefined])
  })
})

test('a sale is voided while it is of today by the days of the shop', () => {
  const venta = {
    estado: 'Completado',
    motivo: null,
    actor: 'x',
    en: '2026-03-10T04:00:00.000Z',
  } as const
  const vendido = { ...pedido('v', venta.en), estado: 'Completado' as const, historial: [venta] }
  const hoy = Date.parse('2026-03-10T04:59:59Z')
  const zona = 'America/Guayaquil'
  expect(seAnula(vendido, zona, hoy)).toBe(true)
  expect(seAnula(vendido, zona, hoy + 1_000)).toBe(false)
  expect(seAnula({ ...vendido, estado: 'Pendiente' }, zona, hoy)).toBe(false)
  const anulado = { en: venta.en, actor: 'x', motivo: null }
  expect(seAnula({ ...vendido, anulado }, zona, hoy)).toBe(false)
})

test('a voided sale is called so, although it stays completed', () => {
  const vendido = pedido('a', '2026-01-15T12:00:00.000Z')
  expect(situacionDe(vendido)).toBe('Pendiente')
  const estado = 'Completado'
  expect(situacionDe({ estado, historial: [{}] })).toBe(estado)
  expect(situacionDe({ estado, historial: [{}, { tipo: 'pedido.anulado' }] })).toBe('Anulado')
})
