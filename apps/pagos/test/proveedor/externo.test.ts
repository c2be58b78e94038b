import { describe, expect, test } from 'bun:test'
import { createNetwork } from '@encargo/service-kit/testing/outside'
import { abrirBancoExterno } from '../../../../scripts/probar-proveedor/banco-externo.ts'
import { casos, probar } from '../../../../scripts/probar-proveedor/casos.ts'
import { crearProveedor } from '../../ejemplo/proveedor.ts'
import { firmar } from '../../src/clients/externo/firmas.ts'

const secreto = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

function lejano() {
  const red = createNetwork()
  red.answer('proveedor.test', crearProveedor({ secreto, pruebas: true }))
  return { url: 'http://proveedor.test/pagos', secreto, fetch: red.fetch }
}

describe('a program of somebody, like the example', () => {
  test.each(casos.map((caso) => [caso.nombre, caso] as const))('%s', async (_nombre, caso) => {
    expect(casos.length).toBeGreaterThan(40)
    await probar(caso, () => abrirBancoExterno(lejano()))
  })

  test('is signed to as Standard Webhooks has it', () => {
    const cuerpo =
      '{"type":"pedido.completado","timestamp":"2026-01-01T00:00:00.000Z","data":{"numero":42}}'
    const id = 'msg_019b76da-a800-7000-8000-000000000042'
    const headers = firmar([secreto], { id, cuerpo, ahora: 1_767_225_600_000 })
    expect(headers['webhook-signature']).toBe('v1,OtZXwoXgKJyBD41j4P9W4Qjt1nRjxYAQ3i9IXxNCo7E=')
  })
})
