import { describe, expect, test } from 'bun:test'
import { leerAjustes } from '../src/backoffice/avisos/forma.ts'
import { reunir } from '../src/backoffice/datos/encuentro.ts'
import { type Metodo, reordenados } from '../src/backoffice/envios/datos.ts'
import { leerMetodo } from '../src/backoffice/envios/forma.ts'
import { useTextosEnvios } from '../src/backoffice/envios/textos.ts'
import type { Cupon } from '../src/backoffice/cupones/datos.ts'
import {
  codigoLimpio,
  diaParaEditar,
  leerCupon,
  parado,
  valorParaEditar,
} from '../src/backoffice/cupones/forma.ts'
import { useTextosCupones } from '../src/backoffice/cupones/textos.ts'

const deEcuador = { region: 'es-EC', moneda: 'USD', zona: 'America/Guayaquil' } as const

function formulario(campos: Readonly<Record<string, string>>): FormData {
  const datos = new FormData()
  for (const [campo, valor] of Object.entries(campos)) datos.set(campo, valor)
  return datos
}

/** Which field a form is stopped at, and why. */
function rechazo(leer: () => unknown): readonly [unknown, string] | undefined {
  try {
    leer()
  } catch (error) {
    if (error instanceof Error) return [Reflect.get(error, 'campo'), error.message]
  }
}

const metodo = (codigo: string, posicion: number) => ({ codigo, posicion }) as Metodo
const dia = (n: number) => new Date(Date.UTC(2026, 2, n)).toISOString()

describe('the form of a shipping method', () => {
  const textos = useTextosEnvios.es
  const leer = (campos: Readonly<Record<string, string>>) =>
    leerMetodo(
      formulario({ nombre: 'Moto', tipo: 'domicilio', claseImpuesto: 'general', ...campos }),
      { ...deEcuador, textos },
    )

  test('reads money as people write it, steps by weight in grams, countries with their provinces', () => {
    const porPeso = {
      tarifa: 'por-peso',
      'tramo-desde-0': '0',
      'tramo-precio-0': '2,50',
      'tramo-desde-4': '1000',
      'tramo-precio-4': '4',
      'zona-pais-0': 'EC',
      'zona-provincias-0': 'Azuay, Loja;\nCañar',
      'zona-pais-2': 'PE',
      'zona-provincias-2': '',
      gratisDesde: '30',
      plazoDias: ' 2 ',
      instrucciones: 'Por la tarde.\r\nToca dos veces.',
    }
    expect(leer(porPeso)).toEqual({
      nombre: 'Moto',
      tipo: 'domicilio',
      tarifa: {
        tipo: 'por-peso',
        tramos: [
          { desde: 0, precio: 250 },
          { desde: 1000, precio: 400 },
        ],
      },
      zonas: [{ pais: 'EC', provincias: ['Azuay', 'Loja', 'Cañar'] }, { pais: 'PE' }],
      gratisDesde: 3_000,
      claseImpuesto: 'general',
      plazoDias: 2,
      instrucciones: 'Por la tarde.\nToca dos veces.',
    })
    const retiro = leer({ tipo: 'retiro', precio: '0', 'zona-pais-0': 'EC' })
    expect(retiro).toMatchObject({ tarifa: { tipo: 'fija', precio: 0 }, zonas: [] })
  })

  test('stops at the field that is wrong', () => {
    const porImporte = {
      tarifa: 'por-importe',
      'tramo-desde-0': '20',
      'tramo-precio-0': '3',
      'tramo-desde-1': '20',
      'tramo-precio-1': '2',
    }
    expect(rechazo(() => leer({ precio: 'tres' }))).toEqual(['precio', textos.importeMal])
    expect(rechazo(() => leer(porImporte))).toEqual(['tramo-desde-1', textos.tramosOrden])
    expect(rechazo(() => leer({ tarifa: 'por-peso' }))).toEqual(['tarifa', textos.sinTramos])
    const dosVeces = { precio: '3', 'zona-pais-0': 'EC', 'zona-pais-1': 'EC' }
    expect(rechazo(() => leer(dosVeces))).toEqual(['zona-pais-1', textos.paisRepetido])
  })

  test('a method that moves changes the places of those it passes, and of no others', () => {
    const todos = [metodo('a', 1), metodo('b', 2), metodo('c', 3)]
    const lugares = (indice: number, pasos: number) =>
      reordenados(todos, indice, pasos).map((uno) => [uno.metodo.codigo, uno.posicion])
    expect(lugares(1, -1)).toEqual([
      ['b', 1],
      ['a', 2],
    ])
    expect(lugares(0, 0)).toEqual([])
  })
})

describe('the form of a coupon', () => {
  const textos = useTextosCupones.es
  const leer = (tipo: Cupon['tipo'], campos: Readonly<Record<string, string>>) =>
    leerCupon(formulario(campos), tipo, [], { ...deEcuador, textos })

  const mal = (campos: Readonly<Record<string, string>>) =>
    rechazo(() => leer('porcentaje', { valor: '10', ...campos }))

  test('reads percentages and amounts, and days of the shop’s calendar, the last one with it', () => {
    const forma = leer('porcentaje', {
      valor: '12,5 %',
      minimo: '20',
      desde: '2026-03-01',
      hasta: '2026-03-31',
      usosMaximos: '100',
      usosPorCliente: '1',
      activo: 'on',
    })
    expect(forma).toEqual({
      valor: 1_250,
      minimo: 2_000,
      desde: '2026-03-01T05:00:00.000Z',
      hasta: '2026-04-01T05:00:00.000Z',
      usosMaximos: 100,
      usosPorCliente: 1,
      categorias: [],
      activo: true,
    })
    expect(diaParaEditar(forma.desde, deEcuador.zona)).toBe('2026-03-01')
    expect(diaParaEditar(forma.hasta, deEcuador.zona, true)).toBe('2026-03-31')
    expect(leer('importe', { valor: '12,5' }).valor).toBe(1_250)
    expect(leer('envio-gratis', {})).toMatchObject({ valor: null, activo: false })
    expect(valorParaEditar('porcentaje', 1_250, deEcuador)).toBe('12,5')
    expect(valorParaEditar('importe', 1_250, deEcuador)).toBe('12,50')
  })

  test('leaves an end that is on no day’s edge as it is, unless another day is said', () => {
    const inicial = { desde: null, hasta: '2026-04-01T00:00:00.000Z' }
    const lector = { ...deEcuador, zona: 'Europe/Madrid', textos, inicial }
    const hasta = (dia: string) =>
      leerCupon(formulario({ valor: '1', hasta: dia }), 'porcentaje', [], lector).hasta
    expect(hasta(diaParaEditar(inicial.hasta, lector.zona, true))).toBe(inicial.hasta)
    expect(hasta('2026-04-02')).toBe('2026-04-02T22:00:00.000Z')
    expect(hasta('')).toBeNull()
  })

  test('stops at the field that is wrong', () => {
    expect(mal({ valor: '0' })).toEqual(['valor', textos.porcentajeMal])
    expect(mal({ valor: '100,01' })).toEqual(['valor', textos.porcentajeMal])
    expect(mal({ minimo: 'diez' })).toEqual(['minimo', textos.importeMal])
    expect(mal({ desde: '2026-03-02', hasta: '2026-03-01' })).toEqual(['hasta', textos.hastaAntes])
    expect(codigoLimpio(' bienvenida ')).toBe('BIENVENIDA')
    expect(codigoLimpio('año nuevo')).toBeUndefined()
  })

  test('says why nobody can use it', () => {
    const cupon = { activo: true, desde: null, hasta: null, usosMaximos: null, usados: 3 } as Cupon
    const de = (otros: Partial<Cupon>) => parado({ ...cupon, ...otros }, Date.UTC(2026, 2, 10))
    expect(de({ desde: dia(10), hasta: dia(11), usosMaximos: 4 })).toBeUndefined()
    expect(de({ activo: false, usosMaximos: 3 })).toBe('apagado')
    expect(de({ desde: dia(11) })).toBe('aun-no')
    expect(de({ hasta: dia(10) })).toBe('vencido')
    expect(de({ usosMaximos: 3 })).toBe('agotado')
  })
})

const malo = (escrito: string) => `mal: ${escrito}`

describe('the form of the mails', () => {
  test('reads addresses one by one, and of what is left out that it is not sent', () => {
    const ajustes = leerAjustes(
      formulario({
        personal: 'caja@bazar.example\r\nana@bazar.example, caja@bazar.example',
        'tipo-recibido': 'on',
        instruccionesEs: 'Banco.\r\nCuenta 1.',
        instruccionesEn: ' ',
        idioma: '',
      }),
      malo,
    )
    expect(ajustes).toMatchObject({
      personal: ['caja@bazar.example', 'ana@bazar.example'],
      tipos: { recibido: true, cancelado: false, 'pedido-nuevo': false },
      idioma: null,
    })
    expect(ajustes.instruccionesPago).toEqual({ es: 'Banco.\nCuenta 1.' })
    expect(Object.keys(ajustes.tipos)).toHaveLength(14)
  })

  test('stops at what is no address', () => {
    const datos = formulario({ personal: 'caja@bazar.example, ana' })
    expect(rechazo(() => leerAjustes(datos, malo))).toEqual(['personal', 'mal: ana'])
  })
})

test('what was typed goes on top of what somebody else saved, which is named', () => {
  const antes = { nombre: 'Moto', precio: 3, dias: null as number | null }
  const junto = reunir(antes, { ...antes, precio: 4 }, { ...antes, precio: 5, dias: 2 })
  expect(junto).toEqual({
    forma: { nombre: 'Moto', precio: 4, dias: 2 },
    ajenos: ['precio', 'dias'],
  })
})
