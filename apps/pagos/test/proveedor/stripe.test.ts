import { describe, expect, test } from 'bun:test'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { casos, probar } from '../../../../scripts/probar-proveedor/casos.ts'
import {
  abierto,
  enEstado,
  llamada,
  nuevo,
  pagado,
  preguntado,
  vista,
} from '../../../../scripts/probar-proveedor/comprobar.ts'
import { moody } from '../../../../scripts/fake-stripe/moods.ts'
import type { Dispute } from '../../../../scripts/fake-stripe/objects.ts'
import { ProveedorNoDisponible, ProveedorRechaza } from '../../src/ports/proveedor.ts'
import { aStripe, deStripe } from '../../src/clients/stripe/importe.ts'
import { abrirBancoStripe } from './stripe/banco.ts'

const hora = 3_600_000

async function banco() {
  const abierto = await abrirBancoStripe()
  cleanUp(() => abierto.cerrar())
  return abierto
}

const codigo = (promesa: Promise<unknown>) =>
  promesa.then(
    () => 'done',
    (error: unknown) => (error instanceof ProveedorRechaza ? error.codigo : error),
  )

describe('Stripe', () => {
  test.each(casos.map((caso) => [caso.nombre, caso] as const))('%s', async (_nombre, caso) => {
    await probar(caso, abrirBancoStripe)
  })
})

describe('Amounts of Stripe', () => {
  test.each([
    [12_34, 'USD', 1234],
    [15_990, 'CLP', 15_990],
    [150_000, 'PYG', 150_000],
    [5, 'ISK', 500],
    [1000, 'UGX', 100_000],
    [50_000, 'MGA', 500],
    [12_340, 'KWD', 12_340],
    [10_45, 'HUF', 1045],
  ])('are exact both ways: %d of %s is %d', (menor, moneda, suyo) => {
    expect(aStripe(menor, moneda)).toBe(suyo)
    expect(deStripe(suyo, moneda)).toBe(menor)
  })

  test.each([
    [12_345, 'KWD'],
    [50_050, 'MGA'],
    [12_340, 'IQD'],
    [12_345, 'CLF'],
    [0, 'USD'],
    [-5, 'USD'],
    [1_000_000_000_000, 'USD'],
  ])('are refused where they would have to be rounded, or are none: %d of %s', (menor, moneda) => {
    expect(aStripe(menor, moneda)).toBeNull()
  })

  test('that are less than it takes are refused by its own word', async () => {
    const { proveedor, ...suyo } = await banco()
    const poco = nuevo({ proveedor, ...suyo }, { importe: 49 })
    expect(await codigo(proveedor.abrir(poco, llamada()))).toBe('amount_too_small')
  })
})

describe('A session of Stripe', () => {
  test('says what it is of, and nothing of whose it is but the address that was given', async () => {
    const suyo = await banco()
    const cobro = nuevo(suyo, { numero: 42, volverA: undefined })
    const { referencia, url } = await suyo.proveedor.abrir(cobro, llamada())
    const { books } = suyo.falso
    expect(books.session(referencia)).toMatchObject({
      amount_total: 12_50,
      currency: 'usd',
      client_reference_id: cobro.id,
      customer_email: 'clienta@example.com',
      expires_at: Math.floor(cobro.expiraEn / 1000),
      success_url: 'https://tienda.example/pedidos',
      url,
    })
    expect(books.offers.get(referencia)).toEqual({
      name: 'Pedido 42',
      capture_method: 'automatic_async',
      metadata: { cobroId: cobro.id, pedidoId: cobro.pedidoId },
    })
  })

  test('that is to end too soon or too late is refused', async () => {
    const suyo = await banco()
    for (const horas of [0.4, 25]) {
      const cobro = nuevo(suyo, { expiraEn: suyo.ahora() + horas * hora })
      expect(await codigo(suyo.proveedor.abrir(cobro, llamada()))).toBe('rechazado')
    }
  })

  test('that is asked for once more for another amount is refused', async () => {
    const suyo = await banco()
    const { cobro } = await abierto(suyo)
    const otro = { ...cobro, importe: 99_00 }
    expect(await codigo(suyo.proveedor.abrir(otro, llamada()))).toBe('rechazado')
    expect(await suyo.sesiones(cobro.id)).toBe(1)
  })

  test('is the same by the name of its payment, and no other payment is one of ours', async () => {
    const suyo = await banco()
    const uno = await pagado(suyo)
    const [pago = ''] = suyo.falso.books.intents.keys()
    expect(vista(await suyo.proveedor.consultar(pago, llamada()))).toEqual(
      await preguntado(suyo, uno),
    )
    expect(await codigo(suyo.proveedor.consultar('pi_de_otro', llamada()))).toBe('desconocido')
  })

  test('whose voucher was printed can not be closed, and tells until when that is good', async () => {
    const suyo = await banco()
    const { referencia } = await abierto(suyo)
    await suyo.imprimirVale(referencia)
    const { estado, expiraEn } = await suyo.proveedor.cerrar(referencia, llamada())
    expect([estado, (expiraEn ?? 0) - suyo.ahora()]).toEqual(['en-proceso', 72 * hora])
  })

  test('that is paid between the look and the closing is paid', async () => {
    const suyo = await banco()
    const uno = await abierto(suyo)
    suyo.falso.misbehave(async (request, hacer) => {
      if (request.url.endsWith('/expire')) await suyo.pagar(uno.referencia)
      return await hacer()
    })
    enEstado(vista(await suyo.proveedor.cerrar(uno.referencia, llamada())), 'cobrado', {
      cobrado: uno.cobro.importe,
    })
  })
})

async function disputado(cambio: Partial<Dispute>) {
  const suyo = await banco()
  const uno = await pagado(suyo)
  const disputa = suyo.falso.bank.dispute(uno.referencia)
  suyo.falso.books.disputes.set(disputa.id, { ...disputa, ...cambio })
  return await preguntado(suyo, uno)
}

describe('A dispute of Stripe', () => {
  const cobrado = 12_50

  test('that is only a question of a bank takes no money', async () => {
    const visto = await disputado({ status: 'warning_needs_response' })
    enEstado(visto, 'cobrado', { cobrado })
    expect(visto.disputa).toBeUndefined()
  })

  test('in the currency of the bank, or of more than was paid, takes all that was paid', async () => {
    enEstado(await disputado({ currency: 'eur', amount: 11_00 }), 'cobrado', {
      cobrado,
      disputado: cobrado,
    })
    enEstado(await disputado({ amount: 13_00 }), 'cobrado', { cobrado, disputado: cobrado })
  })

  test('of a part takes that part', async () => {
    enEstado(await disputado({ amount: 400 }), 'cobrado', { cobrado, disputado: 400 })
  })
})

describe('A refund of Stripe', () => {
  test('is made once though its key was forgotten there meanwhile', async () => {
    const suyo = await banco()
    const { referencia, cobro } = await pagado(suyo)
    const peticion = { referencia, importe: 500, moneda: cobro.moneda, clave: 'la-misma' }
    await suyo.proveedor.reembolsar(peticion, llamada())
    suyo.pasar(48 * hora)
    const { reembolsos } = await suyo.proveedor.reembolsar(peticion, llamada())
    expect(reembolsos.map(({ clave, importe }) => [clave, importe])).toEqual([['la-misma', 500]])
  })

  test('that somebody made by hand counts, without a name of ours', async () => {
    const suyo = await banco()
    const uno = await pagado(suyo)
    const [pago = ''] = suyo.falso.books.intents.keys()
    const { secretKey, url } = suyo.falso
    await fetch(`${url}/v1/refunds`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secretKey}` },
      body: new URLSearchParams({ payment_intent: pago, amount: '250' }),
    })
    const visto = await preguntado(suyo, uno)
    enEstado(visto, 'cobrado', { cobrado: 12_50, reembolsado: 250 })
    expect(visto.reembolsos[0]?.clave).toBeUndefined()
  })

  test('of what a bank disputes is refused', async () => {
    const suyo = await banco()
    const { referencia, cobro } = await pagado(suyo)
    await suyo.disputar(referencia)
    const peticion = { referencia, importe: 500, moneda: cobro.moneda, clave: 'x' }
    const pedido = suyo.proveedor.reembolsar(peticion, llamada())
    expect(await codigo(pedido)).toBe('charge_disputed')
  })
})

const atOnce = () => Promise.resolve()

async function insistir<T>(pregunta: () => Promise<T>): Promise<T> {
  for (let vez = 0; vez < 100; vez++) {
    try {
      return await pregunta()
    } catch (error) {
      if (!(error instanceof ProveedorNoDisponible)) throw error
    }
  }
  throw new Error('not once in a hundred times')
}

test('a Stripe in every mood takes and gives back each amount once', async () => {
  const seed = fuzzSeed(process.env['FUZZ_SEED'])
  console.log(`FUZZ_SEED=${seed}`)
  const suyo = await banco()
  suyo.falso.misbehave(moody({ random: createRandom(seed), share: 0.3, wait: atOnce }))
  for (let n = 0; n < 10; n++) {
    const cobro = nuevo(suyo)
    const { referencia } = await insistir(() => suyo.proveedor.abrir(cobro, llamada()))
    await suyo.pagar(referencia)
    const peticion = { referencia, importe: 500, moneda: cobro.moneda, clave: cobro.id }
    await insistir(() => suyo.proveedor.reembolsar(peticion, llamada()))
    const visto = await insistir(() => preguntado(suyo, { cobro, referencia }))
    enEstado(visto, 'cobrado', { cobrado: 12_50, reembolsado: 500 })
    expect(await suyo.sesiones(cobro.id)).toBe(1)
  }
})
