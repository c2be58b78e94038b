import { describe, expect, test } from 'bun:test'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { casos, probar } from '../../../../scripts/probar-proveedor/casos.ts'
import {
  abierto,
  enEstado,
  llamada,
  pagado,
  preguntado,
  vista,
} from '../../../../scripts/probar-proveedor/comprobar.ts'
import { firmar, manifiesto } from '../../src/clients/mercadopago/avisos.ts'
import { ProveedorNoDisponible } from '../../src/ports/proveedor.ts'
import { enMenores, enUnidades } from '../../src/clients/mercadopago/importe.ts'
import { abrirBancoMercadoPago } from './mercadopago/banco.ts'

describe('Mercado Pago', () => {
  test.each(casos.map((caso) => [caso.nombre, caso] as const))('%s', async (_nombre, caso) => {
    expect(casos.length).toBeGreaterThan(40)
    await probar(caso, abrirBancoMercadoPago)
  })

  test('signs as its own library does', () => {
    const texto = manifiesto('123456', '11111111-2222-4333-8444-555555555555', '1767225600')
    expect(texto).toBe('id:123456;request-id:11111111-2222-4333-8444-555555555555;ts:1767225600;')
    const firma = '61b6f665d41cd4592c356044838967f925f1c79ece5cb6d0725ed09dc91e0b68'
    expect(firmar('mp_vector', texto)).toBe(firma)
    expect(manifiesto('ORD01ABC', null, '1767225600')).toBe('id:ord01abc;ts:1767225600;')
  })

  test('says amounts in units, and none that it would have to round', () => {
    expect(enUnidades(12_34, 'USD')).toBe(12.34)
    expect(enUnidades(15_990, 'CLP')).toBe(15_990)
    expect(enUnidades(1_500_000, 'COP')).toBe(15_000)
    expect(enUnidades(1_500_050, 'COP')).toBeNull()
    expect(enUnidades(12_345, 'KWD')).toBeNull()
    for (const menor of [1, 29, 30_30, 999_999_999_999]) {
      expect(enMenores(enUnidades(menor, 'ARS') ?? -1, 'ARS')).toBe(menor)
    }
    expect(() => enMenores(1.005, 'ARS')).toThrow('no amount')
  })
})

async function banco() {
  const abierto = await abrirBancoMercadoPago()
  cleanUp(() => abierto.cerrar())
  return abierto
}

const porAbrir = 12_50

async function pagadaDosVeces() {
  const suyo = await banco()
  const uno = await abierto(suyo)
  await suyo.imprimirVale(uno.referencia)
  await suyo.pagar(uno.referencia)
  await suyo.pagarVale(uno.referencia)
  return { suyo, uno, proveedor: suyo.proveedor }
}

describe('One preference of Mercado Pago, paid twice', () => {
  test('counts twice', async () => {
    const { suyo, uno } = await pagadaDosVeces()
    enEstado(await preguntado(suyo, uno), 'cobrado', { cobrado: 2 * porAbrir })
  })

  test('gives back of both of its payments, once, though the answer was lost between them', async () => {
    const { suyo, uno, proveedor } = await pagadaDosVeces()
    const { referencia, cobro } = uno
    const peticion = { referencia, importe: 20_00, moneda: cobro.moneda, clave: 'devolver' }
    const [, segundo] = suyo.falso.estado.pagos.keys()
    suyo.falso.averiadas = new RegExp(`^POST /v1/payments/${segundo}/refunds`)
    await suyo.estropear('calla-tras-efecto')
    const perdido = proveedor.reembolsar(peticion, llamada(200))
    expect(await perdido.catch((error: unknown) => error)).toBeInstanceOf(ProveedorNoDisponible)
    await suyo.sanar()
    const { reembolsos } = await proveedor.reembolsar(peticion, llamada())
    expect(reembolsos.map(({ importe, clave }) => [importe, clave])).toEqual([
      [12_50, 'devolver'],
      [7_50, 'devolver'],
    ])
    await suyo.cumplirReembolsos(referencia)
    const sumas = { cobrado: 2 * porAbrir, reembolsado: 20_00 }
    enEstado(await preguntado(suyo, uno), 'cobrado', sumas)
  })

  test('gives back of the payment that has enough where another was given back', async () => {
    const { suyo, uno, proveedor } = await pagadaDosVeces()
    const { referencia, cobro } = uno
    const peticion = { referencia, importe: porAbrir, moneda: cobro.moneda }
    for (const clave of ['primero', 'segundo', 'primero', 'segundo']) {
      await proveedor.reembolsar({ ...peticion, clave }, llamada())
    }
    await suyo.cumplirReembolsos(referencia)
    const sumas = { cobrado: 2 * porAbrir, reembolsado: 2 * porAbrir }
    enEstado(await preguntado(suyo, uno), 'cobrado', sumas)
  })

  test('is closed with its voucher when its money came', async () => {
    const suyo = await banco()
    const uno = await abierto(suyo)
    await suyo.imprimirVale(uno.referencia)
    await suyo.pagar(uno.referencia)
    enEstado(vista(await suyo.proveedor.cerrar(uno.referencia, llamada())), 'cobrado', {
      cobrado: porAbrir,
    })
    await expect(suyo.pagarVale(uno.referencia)).rejects.toThrow('no payment')
    await expect(suyo.pagar(uno.referencia)).rejects.toThrow('expired')
  })
})

describe('A refund whose answer was lost, and whose key is forgotten there', () => {
  test('is for a person to see, and not made twice', async () => {
    const suyo = await banco()
    const uno = await pagado(suyo)
    const { referencia, cobro } = uno
    const desde = suyo.ahora()
    const peticion = { referencia, importe: 500, moneda: cobro.moneda, clave: 'perdida', desde }
    await suyo.proveedor.reembolsar(peticion, llamada())
    suyo.pasar(25 * 3_600_000)
    const pide = (una: typeof peticion) => suyo.proveedor.reembolsar(una, llamada())
    await expect(pide(peticion)).rejects.toMatchObject({ codigo: 'comprobar-a-mano' })
    await pide({ ...peticion, clave: 'otra', desde: suyo.ahora() })
    const { reembolsos } = await preguntado(suyo, uno)
    expect(reembolsos.map(({ importe }) => importe)).toEqual([500, 500])
  })
})

describe('Mercado Pago is asked', () => {
  test('by each name that a charge has there, and by ours', async () => {
    const suyo = await banco()
    const uno = await pagado(suyo)
    const [pago] = suyo.falso.estado.pagos.keys()
    const entero = await preguntado(suyo, uno)
    for (const nombre of [String(pago), `orden-${pago}`, uno.cobro.id]) {
      expect(await suyo.proveedor.consultar(nombre, llamada())).toEqual(
        await suyo.proveedor.consultar(uno.referencia, llamada()),
      )
    }
    expect(entero.cobroId).toBe(uno.cobro.id)
  })

  test('and leaves the money where it is while it mediates', async () => {
    const suyo = await banco()
    const uno = await pagado(suyo)
    const [pago] = suyo.falso.estado.pagos.values()
    if (pago) suyo.falso.estado.cambiar(pago, 'in_mediation', 'pending')
    const visto = await preguntado(suyo, uno)
    enEstado(visto, 'cobrado', { cobrado: uno.cobro.importe })
    expect(visto.disputa).toBe('abierta')
  })

  test('and tells of a dispute that was won, though the payment is as it was again', async () => {
    const suyo = await banco()
    const uno = await pagado(suyo)
    suyo.pasar(20 * 86_400_000)
    await suyo.disputar(uno.referencia)
    const { disputa } = await preguntado(suyo, uno)
    const [pago] = suyo.falso.estado.pagos.values()
    if (pago) suyo.falso.estado.cambiar(pago, 'approved', 'accredited')
    const visto = await preguntado(suyo, uno)
    enEstado(visto, 'cobrado', { cobrado: uno.cobro.importe })
    expect([disputa, visto.disputa]).toEqual(['abierta', 'ganada'])
    const tipos = visto.movimientos.map(({ tipo }) => tipo)
    expect(tipos).toEqual(['captura', 'contracargo', 'contracargo-revertido'])
  })

  test('by a page that somebody pays at and is sent back from', async () => {
    const suyo = await banco()
    const { referencia, cobro } = await abierto(suyo)
    const { url = '' } = await suyo.proveedor.abrir(cobro, llamada())
    expect(await (await fetch(url)).text()).toContain('12.5 USD')
    const pagar = { method: 'POST', body: new URLSearchParams({ resultado: 'approved' }) }
    const vuelta = await fetch(url, { ...pagar, redirect: 'manual' })
    expect(vuelta.headers.get('location')).toStartWith('https://tienda.example/pago?payment_id=')
    enEstado(await preguntado(suyo, { cobro, referencia }), 'cobrado', { cobrado: cobro.importe })
  })
})

const leida = async (tipo: string, data: object, dataId: string) => {
  const suyo = await banco()
  const url = new URL(`https://tienda.example/avisos/mercadopago?data.id=${dataId}&type=${tipo}`)
  const cuerpo = Buffer.from(JSON.stringify({ id: 7, type: tipo, data }))
  const headers = new Headers({ 'x-request-id': 'r1' })
  const aviso = await suyo.firmar({ headers, cuerpo, url }, { por: ['actual'], en: suyo.ahora() })
  return await suyo.proveedor.leerAviso(aviso.headers, aviso.cuerpo, aviso.url)
}

describe('A notice of Mercado Pago', () => {
  test('of a chargeback names the payment', async () => {
    const visto = await leida('topic_chargebacks_wh', { id: '2170', payment_id: 1312 }, '2170')
    expect(visto).toEqual({ eventoId: 'topic_chargebacks_wh:7', referencia: '1312' })
  })
  test('of an order of theirs names that', async () => {
    const visto = await leida('topic_merchant_order_wh', { id: '99' }, '99')
    expect(visto?.referencia).toBe('orden-99')
  })
})
