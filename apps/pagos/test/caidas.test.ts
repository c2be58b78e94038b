import { StorageUnavailableError } from '@encargo/storage'
import { describe, expect, test } from 'bun:test'
import {
  admin,
  arrancar,
  montar,
  type Montaje,
  pedidosHeaders,
  pidiendo,
  usuario,
} from './preparar.ts'

// A process that dies before or after each of its durable writes and calls, while a charge is made, paid and
// given back and another one is closed: the next one ends what it left, and nothing is done twice. It dies
// here by doing nothing more; what a real one leaves on its disk, `test/crash` sees of other services.

const minuto = 60_000
const reembolsoId = '0198c0de-7f00-7000-8000-0000000000aa'

/** What the decision of how this service is built names: each is to be killed on both sides. */
const nombrados = [
  'store.crear',
  'pedidos.contar',
  'stripe.abrir',
  'store.abrir',
  'store.guardar',
  'stripe.consultar',
  'store.conciliar',
  'store.contado',
  'store.pedir',
  'stripe.reembolsar',
  'stripe.cerrar',
]
/** All that changes something, on disk or elsewhere. */
const deStore =
  'crear abrir desistir conciliar capturar contado sinPedido pedir rechazado cerrarReembolso guardar ajeno ' +
  'resolverAjeno reintentar tomar aplazar cerrar marcar ponerMetodo'
const actos = new Set([
  ...deStore.split(' ').map((uno) => `store.${uno}`),
  ...['abrir', 'consultar', 'cerrar', 'capturar', 'reembolsar'].map((uno) => `stripe.${uno}`),
  'pedidos.contar',
])

/** What a dead process says of whatever it is asked: nothing was done, and nobody waits for an answer. */
const muerte = () => Promise.reject(new StorageUnavailableError('closed'))

/** Where a process dies: at so many passings of steps, before or after the last of them. */
interface Sitio {
  readonly paso: number
  readonly lado: 'antes' | 'despues'
}

/** Counts the steps of a process, and lets none go on once it is dead. */
function mortal(sitio: Sitio | undefined) {
  const pasos: string[] = []
  let muerto = false
  const vista = <Port extends object>(name: string, port: Port): Port =>
    new Proxy(port, {
      get(_, key) {
        const member: unknown = Reflect.get(port, key)
        if (typeof member !== 'function') return member
        const paso = `${name}.${String(key)}`
        return (...given: unknown[]): unknown => {
          if (muerto) return muerte()
          if (!actos.has(paso)) return Reflect.apply(member, port, given)
          pasos.push(paso)
          if (sitio?.paso !== pasos.length - 1) return Reflect.apply(member, port, given)
          muerto = true
          if (sitio.lado === 'antes') return muerte()
          return Promise.resolve(Reflect.apply(member, port, given)).then(muerte, muerte)
        }
      },
    })
  return { vista, pasos, muerto: () => muerto }
}

/** All that is done, by clients who ask again when nobody answers. */
async function vivir(montaje: Montaje, sitio: Sitio | undefined) {
  const { clock, stripe, pedidos } = montaje
  const { vista, pasos, muerto } = mortal(sitio)
  let proceso = await arrancar(montaje, montaje.clock, vista)
  let renacido = false
  const pedir = (...que: Parameters<ReturnType<typeof pidiendo>>) => pidiendo(proceso.app)(...que)

  /** Does it; with who comes after the dead, what he left and then the same again. */
  async function hacer<T>(obra: () => Promise<T>): Promise<T> {
    const hecho = await obra()
    if (!muerto() || renacido) return hecho
    renacido = true
    await proceso.close()
    proceso = await arrancar(montaje)
    await ticks()
    return await obra()
  }
  async function ticks() {
    for (let vuelta = 0; vuelta < 4; vuelta++) {
      clock.advance(20_000)
      await proceso.casos.driver.tick()
    }
  }

  await hacer(() =>
    pedir('PUT', '/metodos-pago/tarjeta', {
      headers: admin,
      body: { nombre: 'Tarjeta', momento: 'antes', proveedor: 'stripe' },
    }),
  )
  const [uno, otro] = [pedidos.poner(1_000), pedidos.poner(500)]
  const cobrar = (pedido: typeof uno, clave: string) =>
    pedir('POST', '/cobros', {
      headers: { 'idempotency-key': clave, ...usuario({ id: pedido.clienteId }) },
      body: { pedidoId: pedido.id, metodo: 'tarjeta' },
    })
  const primero = await hacer(() => cobrar(uno, 'k1'))
  const segundo = await hacer(() => cobrar(otro, 'k2'))
  const [id, cerrado] = [String(primero.body['id']), String(segundo.body['id'])]
  await hacer(ticks)
  stripe.pagar(id)
  const { referencia } = stripe.sitio(id)
  await hacer(() =>
    pedir('POST', '/avisos/stripe', {
      headers: { firma: 'buena' },
      raw: JSON.stringify({ id: 'evt_1', de: referencia }),
    }),
  )
  await hacer(ticks)
  const devuelto = () =>
    pedir('PUT', `/cobros/${id}/reembolsos/${reembolsoId}`, {
      headers: pedidosHeaders,
      body: { importe: 400, motivo: 'sobra' },
    })
  const reembolso = await hacer(devuelto)
  await hacer(() => pedir('POST', `/cobros/${cerrado}/cerrar`, { headers: pedidosHeaders }))
  await hacer(ticks)
  clock.advance(minuto)
  await hacer(ticks)
  return { proceso, pasos, muerto: muerto(), id, cerrado, reembolso: reembolso.body['estado'] }
}

/** How everything stands, and nothing of it twice. */
async function comoQueda(montaje: Montaje, vida: Awaited<ReturnType<typeof vivir>>) {
  const { stripe, pedidos } = montaje
  const { proceso, id, cerrado } = vida
  const { store, casos } = proceso
  const [uno, otro] = [await store.cobro(id), await store.cobro(cerrado)]
  return {
    sesiones: stripe.sitios.size,
    reembolsos: stripe.sitio(id).reembolsos.length,
    uno: [uno?.estado, uno?.cobrado, uno?.reembolsado, uno?.movimientos.length],
    otro: [otro?.estado, otro?.causa, stripe.sitio(cerrado).estado],
    sabido: [id, cerrado].map((cual) => pedidos.sabe(cual)?.version),
    versiones: [uno?.version, otro?.version],
    pendiente: casos.driver.espera.pendientes,
    avisos: (await store.avisos({ estado: 'hecho', limite: 9 })).length,
  }
}

const bien = {
  sesiones: 2,
  reembolsos: 1,
  uno: ['cobrado', 1_000, 400, 2],
  otro: ['cerrado', 'anulado', 'cerrado'],
  pendiente: [],
  avisos: 1,
}

describe('a process that dies', () => {
  test('at any of its steps loses nothing, and does nothing twice', async () => {
    const entera = await montar()
    const vida = await vivir(entera, undefined)
    const { sabido, versiones, ...queda } = await comoQueda(entera, vida)
    expect([queda, vida.reembolso, sabido]).toEqual([bien, 'hecho', versiones])
    expect(nombrados.filter((paso) => !vida.pasos.includes(paso))).toEqual([])
    const mal: unknown[] = []
    for (const [paso, nombre] of vida.pasos.entries()) {
      // The first passing of each, and the second of those that are named.
      const veces = vida.pasos.slice(0, paso).filter((otro) => otro === nombre).length
      if (veces > (nombrados.includes(nombre) ? 1 : 0)) continue
      for (const lado of ['antes', 'despues'] as const) {
        const montaje = await montar()
        const suya = await vivir(montaje, { paso, lado })
        const { sabido: suyo, versiones: suyas, ...asi } = await comoQueda(montaje, suya)
        const igual = Bun.deepEquals([asi, suyo], [bien, suyas]) && suya.muerto
        if (!igual) mal.push({ paso: `${nombre}.${lado} (${paso})`, ...asi, suyo, suyas })
        await suya.proceso.close()
      }
    }
    expect(mal).toEqual([])
  }, 120_000)
})
