import type { EstadoCobro } from '@encargo/service-kit/values/cobros'
import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import type { Cobro } from '../src/domain/cobro.ts'
import { type Conocido, conciliar } from '../src/domain/conciliar.ts'
import type { Verdad } from '../src/domain/verdad.ts'
import { type Movimiento, sumar } from '../src/domain/movimiento.ts'
import { avanzar, llega, siguientes } from '../src/domain/transiciones.ts'

const dia = 24 * 60 * 60 * 1000
export const cobroDe = (cambios: Partial<Cobro> = {}): Cobro => ({
  id: 'c1',
  pedidoId: 'p1',
  numero: 7,
  clienteId: 'u1',
  creadoPor: 'u1',
  metodo: 'tarjeta',
  proveedor: 'stripe',
  momento: 'antes',
  estado: 'abierto',
  causa: null,
  importe: 1000,
  moneda: 'USD',
  referencia: 'cs_1',
  url: 'https://pay.example/cs_1',
  volverA: null,
  expiraEn: 1_000_000,
  apartarHasta: 1_600_000,
  autorizado: 0,
  cobrado: 0,
  reembolsado: 0,
  disputado: 0,
  disputa: null,
  ultimoRechazo: null,
  version: 2,
  contada: 2,
  consultarEn: null,
  fallos: 0,
  creadoEn: 0,
  actualizadoEn: 0,
  ...cambios,
})

const conocidoDe = (cobro: Cobro, mas: Partial<Conocido> = {}): Conocido => ({
  cobro,
  movimientos: [],
  reembolsos: [],
  deOtros: new Set(),
  apartados: new Set(),
  ...mas,
})

const vistoDe = (cambios: Partial<Verdad> = {}): Verdad => ({
  estado: 'abierto',
  causa: undefined,
  moneda: 'USD',
  cobroId: 'c1',
  expiraEn: undefined,
  movimientos: [],
  reembolsos: [],
  disputa: undefined,
  ultimoRechazo: undefined,
  ...cambios,
})

const captura = { tipo: 'captura', importe: 1000, referencia: 'ch_1', en: 5 } as const
const reembolso = {
  id: 'r1',
  importe: 400,
  motivo: 'sobra',
  estado: 'por-enviar',
  referencia: null,
  causa: null,
  ajeno: false,
  desde: 0,
  actualizadoEn: 0,
} as const

const vale = (expiraEn: number) =>
  conciliar(conocidoDe(cobroDe()), vistoDe({ estado: 'en-proceso', expiraEn })).fase

const despues = (estado: 'enviado' | 'hecho' | 'fallido', antes: object = {}) => {
  const suyo = { ...reembolso, ...antes }
  const visto = { referencia: 're_1', clave: 'r1', importe: 400, estado }
  return conciliar(
    conocidoDe(cobroDe(), { reembolsos: [suyo] }),
    vistoDe({ reembolsos: [visto] }),
  ).reembolsos.map((uno) => [uno.estado, uno.referencia])
}

/** Takes answers of a provider in, one after the other. */
function tras(vistos: readonly Verdad[], cobro = cobroDe({ estado: 'creado' })) {
  let conocido = conocidoDe(cobro)
  for (const visto of vistos) {
    const { fase, sumas, nuevos } = conciliar(conocido, visto)
    const movimientos = [...conocido.movimientos, ...nuevos]
    conocido = { ...conocido, cobro: { ...conocido.cobro, ...fase, ...sumas }, movimientos }
    for (const suma of Object.values(sumar(movimientos))) expect(suma).toBeGreaterThanOrEqual(0)
  }
  return conocido
}

/** Movements of which what is taken back was given before: each is told of with its counterpart. */
const historia = fc
  .array(
    fc.record({
      que: fc.constantFrom('autorizacion', 'captura', 'reembolso', 'contracargo'),
      importe: fc.integer({ min: 1, max: 10_000 }),
      vuelve: fc.boolean(),
      en: fc.integer({ min: 0, max: 100 }),
    }),
    { maxLength: 8 },
  )
  .map((hechos) => {
    const revertido = {
      autorizacion: 'anulacion',
      captura: 'reembolso',
      reembolso: 'reembolso-revertido',
      contracargo: 'contracargo-revertido',
    } as const
    return hechos.flatMap(({ que, importe, vuelve, en }, i): Movimiento[] => {
      const tipo = que as keyof typeof revertido
      const uno = { tipo, importe, referencia: `m${i}`, en }
      return vuelve
        ? [uno, { tipo: revertido[tipo], importe, referencia: `v${i}`, en: en + 1 }]
        : [uno]
    })
  })

describe('what a provider says is counted once', () => {
  test('in whatever order, however often and in however many parts it is told', () => {
    const partes = historia.chain((todos) =>
      fc.record({
        todos: fc.constant(todos),
        dichos: fc.array(fc.shuffledSubarray([...todos]), { maxLength: 6 }),
      }),
    )
    fc.assert(
      fc.property(partes, ({ todos, dichos }) => {
        const vistos = [...dichos, todos, todos].map((movimientos) => vistoDe({ movimientos }))
        const { cobro, movimientos } = tras(vistos)
        const esperado = sumar(todos)
        expect(movimientos).toHaveLength(todos.length)
        expect({ ...cobro, ...esperado }).toEqual(cobro)
      }),
    )
  })

  test('and changes nothing when it is told again', () => {
    fc.assert(
      fc.property(historia, fc.constantFrom('abierto', 'cobrado', 'cerrado'), (todos, estado) => {
        const visto = vistoDe({ movimientos: todos, estado })
        const conocido = tras([visto])
        const otraVez = conciliar(conocido, visto)
        expect([otraVez.nuevos, otraVez.cambia]).toEqual([[], false])
      }),
    )
  })

  test('also within one answer', () => {
    const { nuevos } = conciliar(
      conocidoDe(cobroDe()),
      vistoDe({ movimientos: [captura, captura] }),
    )
    expect(nuevos).toEqual([captura])
  })

  test('and what is taken back waits for what it was taken from', () => {
    const revertido = { tipo: 'reembolso-revertido', importe: 400, referencia: 'x', en: 1 } as const
    const pronto = conciliar(conocidoDe(cobroDe()), vistoDe({ movimientos: [revertido] }))
    expect([pronto.nuevos, pronto.cambia]).toEqual([[], false])
  })
})

describe('a charge goes on as the table says', () => {
  const estados = Object.keys(siguientes) as EstadoCobro[]

  test('never back, whatever is told', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...estados)), (dichos) => {
        let estado: EstadoCobro = 'creado'
        for (const dicho of dichos) {
          const siguiente = avanzar(estado, dicho)
          expect(siguiente === estado || llega(estado, siguiente)).toBe(true)
          expect(siguiente === estado || !llega(siguiente, estado)).toBe(true)
          estado = siguiente
        }
      }),
    )
  })

  test('so that older news change nothing', () => {
    const { fase, cambia } = conciliar(conocidoDe(cobroDe({ estado: 'autorizado' })), vistoDe())
    expect([fase.estado, cambia]).toEqual(['autorizado', false])
  })

  test('and one that was closed is paid after all when its provider says so', () => {
    const cerrado = cobroDe({ estado: 'cerrado', causa: 'vencido' })
    const visto = vistoDe({ estado: 'cobrado', movimientos: [captura] })
    const { fase, sumas } = conciliar(conocidoDe(cerrado), visto)
    expect([fase.estado, fase.causa, sumas.cobrado]).toEqual(['cobrado', null, 1000])
  })

  test('and one that is closed lets go of what is held for it', () => {
    const cerrado = cobroDe({ estado: 'cerrado', causa: 'vencido' })
    const { fase, cerrarDeNuevo } = conciliar(
      conocidoDe(cerrado),
      vistoDe({ estado: 'autorizado' }),
    )
    expect([fase.estado, cerrarDeNuevo]).toEqual(['cerrado', true])
  })

  test('with the end of a voucher and a day, and never beyond 30', () => {
    expect(vale(3 * dia).apartarHasta).toBe(4 * dia)
    expect(vale(60 * dia)).toMatchObject({ expiraEn: 60 * dia, apartarHasta: 30 * dia })
  })
})

describe('money that is not its own', () => {
  test('of another charge is put aside, and nothing else is believed', () => {
    const visto = vistoDe({ cobroId: 'c2', estado: 'cobrado', movimientos: [captura] })
    const { ajenos, nuevos, fase, cambia } = conciliar(conocidoDe(cobroDe()), visto)
    expect([ajenos, nuevos, fase.estado, cambia]).toEqual([[captura], [], 'abierto', false])
  })

  test('in another currency is put aside, and ends it', () => {
    const visto = vistoDe({ moneda: 'EUR', estado: 'cobrado', movimientos: [captura] })
    const { ajenos, fase, sumas } = conciliar(conocidoDe(cobroDe()), visto)
    expect([ajenos, fase.estado, fase.causa]).toEqual([[captura], 'cerrado', 'no-cobrable'])
    expect(sumas.cobrado).toBe(0)
  })

  test('that no charge comes to is put aside, and what was counted stands', () => {
    const antes = vistoDe({ estado: 'cobrado', movimientos: [captura] })
    const mucho = { ...captura, importe: 1_000_000_000_000, referencia: 'ch_2' }
    const muchos = Array.from({ length: 1_500 }, (_, i) => {
      return { ...captura, importe: 1, referencia: `m${i}` }
    })
    const conocido = tras([antes, vistoDe({ movimientos: [captura, mucho, ...muchos] })])
    expect([conocido.movimientos.length, conocido.cobro.cobrado]).toEqual([1_000, 1_999])
    const otraVez = vistoDe({ movimientos: [captura, mucho, ...muchos] })
    const { ajenos, nuevos } = conciliar(conocido, otraVez)
    expect([nuevos, ajenos.length, ajenos.includes(mucho)]).toEqual([[], 502, true])
  })

  test('that another charge has counted is not counted again', () => {
    const deOtros = new Set(['captura ch_1'])
    const visto = vistoDe({ estado: 'cobrado', movimientos: [captura] })
    const { ajenos, sumas } = conciliar(conocidoDe(cobroDe(), { deOtros }), visto)
    expect([ajenos, sumas.cobrado]).toEqual([[captura], 0])
  })

  test('is put aside once', () => {
    const apartados = new Set(['captura ch_1'])
    const visto = vistoDe({ cobroId: 'c2', movimientos: [captura] })
    expect(conciliar(conocidoDe(cobroDe(), { apartados }), visto).ajenos).toEqual([])
  })
})

describe('refunds and disputes', () => {
  test('go on as the provider says, known by our name for them', () => {
    expect(despues('enviado')).toEqual([['enviado', 're_1']])
    expect(despues('hecho', { estado: 'enviado' })).toEqual([['hecho', 're_1']])
    expect(despues('fallido', { estado: 'hecho', referencia: 're_1' })).toEqual([
      ['fallido', 're_1'],
    ])
    expect(despues('enviado', { estado: 'hecho', referencia: 're_1' })).toEqual([])
  })

  test('or by its own, where it does not tell ours', () => {
    const suyo = { ...reembolso, estado: 'enviado', referencia: 're_1' } as const
    const visto = { referencia: 're_1', clave: undefined, importe: 400, estado: 'hecho' } as const
    const { reembolsos } = conciliar(
      conocidoDe(cobroDe(), { reembolsos: [suyo] }),
      vistoDe({ reembolsos: [visto] }),
    )
    expect(reembolsos.map(({ estado }) => estado)).toEqual(['hecho'])
  })

  test('an old answer opens no dispute again', () => {
    const perdida = conocidoDe(cobroDe({ estado: 'cobrado', disputa: 'perdida' }))
    expect(conciliar(perdida, vistoDe({ disputa: 'abierta' })).fase.disputa).toBe('perdida')
    const otra = { tipo: 'contracargo', importe: 5, referencia: 'dp_2', en: 9 } as const
    const visto = vistoDe({ disputa: 'abierta', movimientos: [otra] })
    expect(conciliar(perdida, visto).fase.disputa).toBe('abierta')
  })
})
