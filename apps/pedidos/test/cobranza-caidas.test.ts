import { expect, test } from 'bun:test'
import type { CobroDicho } from '../src/ports/cobranza.ts'
import { cuerpoDe, hora, minuto } from './cobranza-fixture.ts'
import { cobroNuevo, tras } from './fake-pagos.ts'
import { arrancar, montar, pedir, sinCupos, usuario } from './fixture.ts'

// A process dies right before or after each step that an order's money makes it take, and another one goes on
// where it was: nothing is lost, and nothing is done twice.

type Lado = 'antes' | 'despues'
/** Where a process dies: at the first passing of a step of its ports. */
interface Caida {
  readonly paso: string
  readonly lado: Lado
}

/** Ports that fail for good from some step on, as those of a process that is no more. */
function mortales({ paso, lado }: Caida) {
  const estado = { muerto: false }
  const morir = () => {
    estado.muerto = true
    throw new Error('it died')
  }
  const envolver = <T extends object>(objeto: T): T =>
    new Proxy(objeto, {
      get(suyo, nombre) {
        const miembro: unknown = Reflect.get(suyo, nombre)
        // What says at once which id a key has is no step.
        if (typeof miembro !== 'function' || nombre === 'idDeClave') return miembro
        return async (...args: unknown[]) => {
          if (estado.muerto) throw new Error('it is dead')
          const aqui = nombre === paso
          if (aqui && lado === 'antes') morir()
          const valor: unknown = await Reflect.apply(miembro, suyo, args)
          if (aqui) morir()
          return valor
        }
      },
    })
  const alrededor = <Puertos extends object>(puertos: Puertos): Puertos => {
    const con = Object.entries(puertos).map(([nombre, uno]: [string, unknown]) => {
      const mortal = ['store', 'reservas', 'pagos'].includes(nombre)
      return [nombre, mortal && uno instanceof Object ? envolver(uno) : uno] as const
    })
    return { ...puertos, ...Object.fromEntries(con) }
  }
  return { estado, alrededor }
}

/** A shop whose process is started anew once it has died. */
async function tienda(caida: Caida) {
  const montaje = montar(sinCupos)
  const { catalogo, inventario, pagos, clock } = montaje
  const { estado, alrededor } = mortales(caida)
  const productoId = Bun.randomUUIDv7()
  const articulo = { id: productoId, sku: 'S', nombre: 'N', precio: 1000, moneda: 'USD' }
  catalogo.articulos.set(productoId, { ...articulo, activo: true })
  inventario.fisico.set(productoId, 1)
  pagos.lista = [
    { codigo: 'tarjeta', momento: 'antes', minimo: null, maximo: null, instrucciones: null },
  ]
  let proceso = await arrancar(montaje, () => 0.5, {}, alrededor)
  const quienes = {
    shopper: await usuario(),
    staff: await usuario({ rol: 'operador' }),
    caja: await usuario({ scopes: ['pedidos:cobrar'] }),
  }
  let id = ''
  const cobro = cobroNuevo(Bun.randomUUIDv7(), 1000)
  const pedido = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ) => await pedir(proceso.app, method, path, { headers, body })
  return {
    pagos,
    inventario,
    cobro,
    productoId,
    cambiar: async (quien: 'shopper' | 'staff', estado: string) =>
      await pedido('PATCH', `/pedidos/${id}`, quienes[quien].headers, { estado }),
    asegurar: async () => await pedido('POST', `/pedidos/${id}/asegurar`, quienes.staff.headers),
    abonar: async (importe: number) => {
      const headers = { ...quienes.staff.headers, 'idempotency-key': 'a' }
      await pedido('POST', `/pedidos/${id}/abonos`, headers, { importe, motivo: 'm' })
    },
    /** The buyer asks again with the same key until there is an answer. */
    async comprar() {
      if (id !== '') return
      const headers = { ...quienes.shopper.headers, 'idempotency-key': 'k' }
      const lineas = [{ productoId, cantidad: 1 }]
      const { body } = await pedido('POST', '/pedidos', headers, {
        lineas,
        pago: { metodo: 'tarjeta' },
      })
      if (typeof body['id'] === 'string') id = body['id']
    },
    /** As pagos does, until it is told. */
    async contar(dicho: CobroDicho) {
      if (!pagos.cobros.has(dicho.id) || pagos.de(dicho.id).version < dicho.version)
        pagos.poner(dicho)
      const path = `/pedidos/${id}/cobros/${dicho.id}`
      await pedido('PUT', path, quienes.caja.headers, cuerpoDe(dicho, undefined))
    },
    async pasar(ms: number) {
      clock.advance(ms)
      inventario.expirar()
      for (let n = 0; n < 3; n++) await proceso.casos.driver.tick()
    },
    async leer() {
      return (await pedido('GET', `/pedidos/${id}`, quienes.staff.headers)).body
    },
    /** Does all of it, and from its beginning once more where the process died meanwhile. */
    async vivir(vida: () => Promise<void>) {
      await vida()
      expect(estado.muerto).toBe(true)
      await proceso.close()
      estado.muerto = false
      proceso = await arrancar(montaje)
      await vida()
    },
  }
}
type Tienda = Awaited<ReturnType<typeof tienda>>

const pagado = ({ cobro }: Tienda) => tras(cobro, 'captura', 1000, { estado: 'cobrado' })
const activas = ({ inventario }: Tienda) =>
  [...inventario.reservas.values()].filter(({ estado }) => estado === 'activa').length

const vidas = {
  async 'is paid'(uno: Tienda) {
    await uno.comprar()
    await uno.contar(uno.cobro)
    await uno.contar(pagado(uno))
    await uno.pasar(minuto)
  },
  async 'is accepted, and part of it credited'(uno: Tienda) {
    await uno.comprar()
    await uno.asegurar()
    await uno.abonar(300)
    await uno.pasar(minuto)
  },
  async 'is paid, cancelled and paid back'(uno: Tienda) {
    await vidas['is paid'](uno)
    await uno.cambiar('shopper', 'Cancelado')
    await uno.pasar(minuto)
  },
  async 'runs out'(uno: Tienda) {
    await uno.comprar()
    await uno.contar(uno.cobro)
    await uno.pasar(24 * hora)
    await uno.pasar(minuto)
  },
  async 'is paid late'(uno: Tienda) {
    uno.pagos.cierra = false
    await uno.comprar()
    await uno.contar(uno.cobro)
    await uno.pasar(24 * hora)
    for (let n = 0; n < 8; n++) await uno.pasar(10 * minuto)
    await uno.contar(pagado(uno))
    await uno.pasar(minuto)
  },
  async 'is promised, and completed'(uno: Tienda) {
    await uno.comprar()
    await uno.contar(uno.cobro)
    await uno.contar(tras(uno.cobro, 'autorizacion', 1000, { estado: 'autorizado' }))
    await uno.pasar(minuto)
    await uno.cambiar('staff', 'Completado')
    await uno.pasar(minuto)
  },
}

const fines: Readonly<Record<keyof typeof vidas, object>> = {
  'is paid': { estado: 'Pendiente', apartado: 'firme', pago: { estado: 'pagado' } },
  'is accepted, and part of it credited': { apartado: 'firme', exigible: 700 },
  'is paid, cancelled and paid back': { estado: 'Cancelado', pago: { saldo: -1000 } },
  'runs out': { estado: 'Cancelado', pago: { saldo: 0, cobros: [{ estado: 'cerrado' }] } },
  'is paid late': { estado: 'Pendiente', apartado: 'firme', pago: { estado: 'pagado' } },
  'is promised, and completed': { estado: 'Completado', pago: { estado: 'pagado', cobrado: 1000 } },
}

test.each([
  ['is paid', 'anotarCobro'],
  ['is paid', 'prorrogar'],
  ['is paid', 'seguirCobrado'],
  ['is accepted, and part of it credited', 'proponerAsegurar'],
  ['is accepted, and part of it credited', 'abonar'],
  ['is paid, cancelled and paid back', 'liberar'],
  ['is paid, cancelled and paid back', 'terminarCobrado'],
  ['is paid, cancelled and paid back', 'reembolsar'],
  ['is paid, cancelled and paid back', 'anotarReembolso'],
  ['runs out', 'cerrar'],
  ['runs out', 'liberar'],
  ['runs out', 'terminarCobrado'],
  ['is paid late', 'liberar'],
  ['is paid late', 'terminarCobrado'],
  ['is paid late', 'reapartar'],
  ['is promised, and completed', 'capturar'],
  ['is promised, and completed', 'confirmar'],
] as const)('an order that %s is what it would be, whoever died at %s', async (vida, paso) => {
  for (const lado of ['antes', 'despues'] as const) {
    const uno = await tienda({ paso, lado })
    await uno.vivir(() => vidas[vida](uno))
    const visto = await uno.leer()
    expect(visto).toMatchObject(fines[vida])
    expect(activas(uno)).toBe(visto['estado'] === 'Pendiente' ? 1 : 0)
    expect(uno.inventario.fisico.get(uno.productoId)).toBe(visto['estado'] === 'Completado' ? 0 : 1)
    const devueltos = vida === 'is paid, cancelled and paid back' ? 1 : 0
    expect(uno.pagos.reembolsos).toHaveLength(devueltos)
  }
})
