import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { expect, test } from 'bun:test'
import { sumar } from '../src/domain/movimiento.ts'
import { operador, pedidosHeaders, preparar, usuario } from './preparar.ts'

// Shoppers, a provider, pedidos and a clock that do what they like, in any order, while now one and now the
// other can't be had, does what it was asked without saying so, or says things twice. Then peace returns.

const seed = fuzzSeed(process.env['FUZZ_SEED'])
const minuto = 60_000
const dia = 24 * 60 * minuto

async function vivir(random: () => number) {
  const todo = await preparar()
  const { stripe, pedidos, clock, pedir, avisar, casos, store } = todo
  const below = (n: number) => Math.floor(random() * n)
  const ids: string[] = []
  const abiertos = () => ids.filter((id) => stripe.sitios.has(`cs_${id.slice(-12)}`))
  const alguno = () => {
    const unos = abiertos()
    return unos[below(unos.length)]
  }
  const deseados = new Map<string, number>()
  let avisos = 0

  const actos: readonly (() => Promise<unknown>)[] = [
    async () => {
      const pedido = pedidos.poner(100 + below(900))
      const answer = await pedir('POST', '/cobros', {
        headers: usuario({ id: pedido.clienteId }),
        body: { pedidoId: pedido.id, metodo: 'tarjeta' },
      })
      const hechos = await store.cobrosDe(pedido.id)
      ids.push(...hechos.map(({ id }) => id))
      return answer
    },
    async () => {
      const id = alguno()
      const sitio = id && stripe.sitio(id)
      if (!sitio || sitio.estado === 'cobrado') return
      // A voucher is paid after its session has ended, too.
      if (below(4) === 0) stripe.vencer(id)
      else stripe.pagar(id)
    },
    async () => {
      const id = alguno()
      if (id && stripe.sitio(id).estado === 'abierto') stripe.autorizar(id)
    },
    async () => {
      const id = alguno()
      if (!id) return
      const { cobrado, reembolsado, disputado } = sumar(stripe.sitio(id).movimientos)
      const queda = cobrado - reembolsado - disputado
      if (queda > 0 && below(3) === 0) stripe.mover(id, 'contracargo', 1 + below(queda))
    },
    // Some of them twice.
    async () => avisar(`evt_${below(2) ? avisos : avisos++}`, `cs_${(alguno() ?? 'x').slice(-12)}`),
    () => casos.driver.tick(),
    () => casos.driver.tick(),
    async () => clock.advance(1 + below(below(3) ? minuto : dia)),
    async () => void (stripe.caido = below(3) === 0),
    async () => void (pedidos.caido = below(4) === 0),
    async () => void (pedidos.calla = below(4) === 0),
    async () => {
      stripe.calla.add(
        ['abrir', 'cerrar', 'reembolsar', 'capturar', 'consultar'][below(5)] ?? 'abrir',
      )
    },
    async () => {
      const id = alguno()
      if (id) await pedir('POST', `/cobros/${id}/cerrar`, { headers: pedidosHeaders })
    },
    async () => {
      const id = alguno()
      if (id) await pedir('POST', `/cobros/${id}/consultar`, { headers: operador })
    },
    async () => {
      const id = alguno()
      if (!id) return
      const [conocidos, importe] = [[...deseados.keys()], 1 + below(300)]
      const cual = (below(3) === 0 && conocidos[below(conocidos.length)]) || Bun.randomUUIDv7()
      const body = { importe, motivo: 'sobra' }
      const path = `/cobros/${id}/reembolsos/${cual}`
      const answer = await pedir('PUT', path, { headers: pedidosHeaders, body })
      if (answer.status === 201) deseados.set(cual, importe)
    },
    async () => {
      const id = alguno()
      if (id) pedidos.ordenes.set(id, [{ tipo: 'cerrar' }])
    },
    async () => {
      const id = alguno()
      const clave = `cap-${String(id)}`
      if (id) pedidos.ordenes.set(id, [{ tipo: 'capturar', importe: 50, clave }])
    },
  ]
  for (let n = 0; n < 60; n++) await actos[below(actos.length)]?.()
  stripe.caido = pedidos.caido = pedidos.calla = false
  stripe.calla.clear()
  pedidos.ordenes.clear()
  // Until a refund that is refused is given up, and a provider was gone through.
  for (let n = 0; n < 40; n++) {
    clock.advance(dia / 4)
    await casos.driver.tick()
    await casos.driver.tick()
  }
  return { ...todo, ids, deseados }
}

test(`whatever happens in whatever order, all that moved is known, once (FUZZ_SEED=${seed})`, async () => {
  const random = createRandom(seed)
  for (let vida = 0; vida < 6; vida++) {
    const { stripe, pedidos, store, casos, ids, deseados, close } = await vivir(random)
    for (const id of ids) {
      const cobro = await store.cobro(id)
      if (!cobro) throw new Error(`${id} is gone`)
      const sitio = stripe.sitios.has(`cs_${id.slice(-12)}`) ? stripe.sitio(id) : undefined
      const hubo = sumar(sitio?.movimientos ?? [])
      expect(cobro).toMatchObject(hubo)
      // What was never opened is given up.
      expect(cobro.estado).toBe(sitio?.estado ?? 'cerrado')
      // pedidos knows all of those that it ever heard of.
      const sabido = pedidos.sabe(id)
      expect(sabido?.version ?? cobro.version).toBe(cobro.version)
      expect(sabido ?? hubo).toMatchObject(hubo)
      expect(hubo.reembolsado + hubo.disputado).toBeLessThanOrEqual(hubo.cobrado)
    }
    const devueltos = [...stripe.sitios.values()].flatMap(({ reembolsos }) => reembolsos)
    for (const { clave = '', importe } of devueltos) expect(deseados.get(clave)).toBe(importe)
    expect(new Set(devueltos.map(({ clave }) => clave)).size).toBe(devueltos.length)
    expect(stripe.sitios.size).toBeLessThanOrEqual(ids.length)
    expect(casos.driver.espera.pendientes).toEqual([])
    await close()
  }
}, 60_000)
