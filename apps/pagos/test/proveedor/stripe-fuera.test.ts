import { describe, expect, test } from 'bun:test'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { abierto, llamada } from '../../../../scripts/probar-proveedor/comprobar.ts'
import { signature } from '../../../../scripts/fake-stripe/notices.ts'
import { ProveedorNoDisponible } from '../../src/ports/proveedor.ts'
import { abrirBancoStripe } from './stripe/banco.ts'

async function banco() {
  const abierto = await abrirBancoStripe()
  cleanUp(() => abierto.cerrar())
  return abierto
}

describe('A notice of Stripe', () => {
  const cuerpo = Buffer.from(
    '{"id":"evt_1","object":"event","type":"checkout.session.completed","data":{"object":{"id":"cs_1"}}}',
  )
  const firma = 't=1767225600,v1=505c158ed1271074fbaa43b8ea35dd1b52b89e17d46711470325101b376f6e82'

  test('is signed as its own library does', async () => {
    expect(signature(cuerpo, ['whsec_vector'], 1_767_225_600_000)).toBe(firma)
    const suyo = await abrirBancoStripe({ secreto: 'whsec_vector' })
    cleanUp(() => suyo.cerrar())
    const headers = new Headers({ 'stripe-signature': firma })
    const leer = () => suyo.proveedor.leerAviso(headers, cuerpo, new URL('https://t.example'))
    suyo.pasar(1_767_225_600_000 - suyo.ahora() + 299_000)
    expect(await leer()).toEqual({ eventoId: 'evt_1', referencia: 'cs_1' })
    suyo.pasar(2000)
    await expect(leer()).rejects.toThrow('no signature')
  })

  test('of what a stranger did to the library is only a forged one', async () => {
    const suyo = await banco()
    const url = new URL('https://t.example')
    for (const mala of ['v1', 't=1,v1', 't=1e99,v1=,v1=zz', ',', 't==,v1=='.repeat(9000)]) {
      const headers = new Headers({ 'stripe-signature': mala })
      await expect(suyo.proveedor.leerAviso(headers, cuerpo, url)).rejects.toThrow('no signature')
    }
  })
})

test('nothing of the key is in what Stripe fails with', async () => {
  const suyo = await banco()
  suyo.falso.misbehave(() =>
    Promise.resolve(
      Response.json(
        { error: { message: `Invalid API Key ${suyo.falso.secretKey}` } },
        { status: 401 },
      ),
    ),
  )
  const error: unknown = await suyo.proveedor
    .consultar('cs_1', llamada())
    .catch((uno: unknown) => uno)
  expect(error).toBeInstanceOf(ProveedorNoDisponible)
  expect(Bun.inspect(error, { depth: 9 })).not.toContain(suyo.falso.secretKey)
})

describe('What leaves for Stripe', () => {
  test('is in its words alone, under a version that is pinned, and asks for no other currency', async () => {
    const suyo = await banco()
    const preguntas: { headers: Headers; cuerpo: string }[] = []
    suyo.falso.misbehave(async (request, hacer) => {
      preguntas.push({ headers: request.headers, cuerpo: await request.clone().text() })
      return await hacer()
    })
    const { cobro } = await abierto(suyo)
    const [{ headers, cuerpo } = { headers: new Headers(), cuerpo: '' }] = preguntas
    expect(headers.get('stripe-version')).toBe('2026-10-28.endive')
    expect(headers.get('idempotency-key')).toBe(cobro.id)
    expect(
      [...headers.keys()].filter((uno) => /^x-(?:deadline|retry)|traceparent/.test(uno)),
    ).toEqual([])
    expect(new URLSearchParams(cuerpo).get('adaptive_pricing[enabled]')).toBe('false')
  })

  test('goes nowhere else, though it is sent there', async () => {
    const suyo = await banco()
    const caminos: string[] = []
    suyo.falso.misbehave((request) => {
      caminos.push(new URL(request.url).pathname)
      return Promise.resolve(Response.redirect('/en-otra-parte', 307))
    })
    const pregunta = suyo.proveedor.consultar('cs_1', llamada())
    expect(await pregunta.catch((error: unknown) => error)).toBeInstanceOf(ProveedorNoDisponible)
    expect(caminos).toEqual(['/v1/checkout/sessions/cs_1'])
  })
})
