import { describe, expect, setSystemTime, test } from 'bun:test'
import { machineClock } from '@encargo/service-kit/async/clock'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { claveDePrueba } from '../../../../scripts/probar-proveedor/banco-externo.ts'
import { crearProveedor } from '../../ejemplo/proveedor.ts'
import { firmar } from '../../src/clients/externo/firmas.ts'
import { firmar as firmarAlli, manifiesto } from '../../src/clients/mercadopago/avisos.ts'
import { network, pedidosHeaders, preparar } from '../preparar.ts'
import { abrirMercadoPagoFalso } from './mercadopago/falso.ts'

// The adapters where they belong: in the service, which knows charges by other names than notices do.

/** Until the end of the test. */
function answering(...[host, app]: Parameters<typeof network.answer>): void {
  network.answer(host, app)
  cleanUp(() => network.answer(host, undefined))
}

type Todo = Awaited<ReturnType<typeof preparar>>

/** Asks for money of somebody's order, by the only method. */
async function cobro(todo: Todo, proveedor: string) {
  expect(await todo.metodo('en-linea', { proveedor })).toMatchObject({ status: 201 })
  const { id, answer } = await todo.cobrar(1_250, { metodo: 'en-linea' })
  expect(answer).toMatchObject({ status: 201, body: { estado: 'abierto' } })
  return { id, url: String(answer.body['url']) }
}

async function andar({ casos }: Todo): Promise<void> {
  for (let vez = 0; vez < 4; vez++) await casos.driver.tick()
}

const pagada = { estado: 'cobrado', cobrado: 1_250 }

describe('A charge that is paid by', () => {
  test('Mercado Pago is known by its notice, and given back of when pedidos says so', async () => {
    const accessToken = 'APP_USR-7434-prueba-entera'
    const secreto = 'mp_secreto_de_la_tienda'
    let ahora = Date.now
    const falso = abrirMercadoPagoFalso(accessToken, () => ahora())
    cleanUp(() => falso.detener())
    answering('127.0.0.1', { fetch: (request) => fetch(request) })
    const variables = {
      MERCADOPAGO_ACCESS_TOKEN: accessToken,
      MERCADOPAGO_WEBHOOK_SECRET: secreto,
      MERCADOPAGO_API_URL: falso.url,
    }
    const todo = await preparar(variables, machineClock)
    ahora = todo.clock.ms
    const { id, url } = await cobro(todo, 'mercadopago')
    const preferencia = new URL(url).searchParams.get('pref_id') ?? ''
    const pago = falso.estado.intentar(preferencia, 'approved', 'accredited')

    async function avisar(n: number) {
      const ts = String(Math.floor(todo.clock.ms() / 1000))
      const texto = manifiesto(String(pago.id), 'r1', ts)
      const headers = {
        'x-request-id': 'r1',
        'x-signature': `ts=${ts},v1=${firmarAlli(secreto, texto)}`,
      }
      const ruta = `/avisos/mercadopago?data.id=${pago.id}&type=payment`
      const raw = JSON.stringify({ id: n, type: 'payment', data: { id: String(pago.id) } })
      expect(await todo.pedir('POST', ruta, { headers, raw })).toMatchObject({ status: 200 })
      await andar(todo)
    }
    await avisar(7)
    expect(todo.pedidos.sabe(id)).toMatchObject(pagada)
    const reembolsoId = Bun.randomUUIDv7()
    const pedido = { headers: pedidosHeaders, body: { importe: 500, motivo: 'sobra' } }
    const pide = await todo.pedir('PUT', `/cobros/${id}/reembolsos/${reembolsoId}`, pedido)
    expect(pide.status).toBe(201)
    await andar(todo)
    const [una] = pago.refunds
    expect(una).toMatchObject({ amount: 5, status: 'in_process' })
    if (una) falso.estado.resolverDevolucion(pago, una, 'approved')
    await avisar(8)
    expect(todo.pedidos.sabe(id)).toMatchObject({
      ...pagada,
      reembolsado: 500,
      reembolsos: [{ id: reembolsoId, estado: 'hecho', importe: 500 }],
    })
    expect(pago.refunds).toHaveLength(1)
  })

  test("a program of the shop's own is known by its notice", async () => {
    const secreto = claveDePrueba('s')
    const suyo = crearProveedor({ secreto, pruebas: true })
    answering('proveedor.test', suyo)
    const variables = {
      PROVEEDOR_EXTERNO_URL: 'http://proveedor.test/pagos',
      PROVEEDOR_EXTERNO_SECRET: secreto,
    }
    const todo = await preparar(variables, machineClock)
    // It has a clock of its own, and believes nothing that is older.
    setSystemTime(todo.clock.ms())
    cleanUp(() => setSystemTime())
    const { id, url } = await cobro(todo, 'externo')
    expect(await (await suyo.fetch(new Request(url))).text()).toContain('12.50 USD')
    // As the form of its page does.
    const body = new URLSearchParams({ acto: 'pagar' })
    await suyo.fetch(new Request(url, { method: 'POST', body }))
    const data = { referencia: url.split('/').at(-1) }
    const cuerpo = JSON.stringify({ type: 'cobro.cambiado', timestamp: '2026-01-15', data })
    const headers = firmar([secreto], { id: 'msg_7', cuerpo, ahora: todo.clock.ms() })
    const aviso = { headers, raw: cuerpo }
    expect(await todo.pedir('POST', '/avisos/externo', aviso)).toMatchObject({ status: 200 })
    await andar(todo)
    expect(todo.pedidos.sabe(id)).toMatchObject(pagada)
  })
})
