import { expect, test } from 'bun:test'
import { Webhook } from 'standardwebhooks'
import { crearProveedor } from '../../ejemplo/proveedor.ts'

const secreto = `whsec_${Buffer.alloc(32, 'e').toString('base64')}`
const tienda = 'https://tienda.example/pago/1'

/** The example with one charge, and its page as a browser has it. */
async function conCobro(pruebas: boolean) {
  const proveedor = crearProveedor({ secreto, pruebas })
  const pedir = async (type: string, data: object) => {
    const body = JSON.stringify({ type, timestamp: new Date().toISOString(), data })
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': new Webhook(secreto).sign('msg_1', new Date(), body),
    }
    const request = new Request('http://banco.example/', { method: 'POST', headers, body })
    return (await (await proveedor.fetch(request)).json()) as Record<string, string>
  }
  const expiraEn = new Date(Date.now() + 600_000).toISOString()
  const cobro = { cobroId: 'c1', numero: 7, importe: 1_250, moneda: 'USD', expiraEn }
  const resto = { pedidoId: 'p1', volverA: tienda, idioma: 'en', soloAutorizar: false }
  const { url = '', referencia = '' } = await pedir('cobro.abrir', { ...cobro, ...resto })
  return {
    estado: async () => (await pedir('cobro.consultar', { referencia }))['estado'],
    ver: async () => await (await proveedor.fetch(new Request(url))).text(),
    async pulsar(acto: string) {
      const body = new URLSearchParams({ acto })
      const answer = await proveedor.fetch(new Request(url, { method: 'POST', body }))
      return answer.headers.get('location') ?? answer.status
    },
    url,
  }
}

test('the page of the example pays, declines and prints vouchers, and says that it is a test', async () => {
  const { ver, pulsar, estado, url } = await conCobro(true)
  expect(await ver()).toContain('Test page: no money moves here')
  expect(await pulsar('rechazar')).toBe(url)
  expect(await ver()).toContain('The bank declined the card')
  expect(await pulsar('imprimirVale')).toBe(url)
  expect(await estado()).toBe('en-proceso')
  expect(await pulsar('volver')).toBe(tienda)
  expect(await pulsar('pagarVale')).toBe(tienda)
  expect(await estado()).toBe('cobrado')
  expect(await ver()).toContain('nothing left to pay')
})

test('where money is real it only pays', async () => {
  const { ver, pulsar, estado } = await conCobro(false)
  expect(await ver()).not.toMatch(/Test page|declined|voucher/)
  expect(await pulsar('imprimirVale')).toBe(422)
  expect(await estado()).toBe('abierto')
  expect(await pulsar('pagar')).toBe(tienda)
  expect(await estado()).toBe('cobrado')
})
