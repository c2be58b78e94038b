import type { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import { noData, type Obligation, PutOffError } from '@encargo/service-kit/obligations/obligation'
import type { Deuda } from '@encargo/service-kit/obligations/port'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { esperaDinero, netoDe } from '@encargo/service-kit/values/cobros'
import * as deberes from '../domain/deberes.ts'
import { desconocidoMs } from '../domain/plazo.ts'
import type { CobroEntero } from '../domain/registro.ts'
import { cuando, type Deps } from './deps.ts'

/** How often one attempt tells what grew while it was telling. */
const vueltas = 5

/** Tells pedidos all that is known of a charge, until it knows it. */
export const contarCobro = (deps: Deps) =>
  ({
    tipo: deberes.contar,
    datos: noData,
    peer: 'pedidos',
    async attempt(deuda, { call }) {
      const leer = () => deps.store.cobro(deuda.clave)
      let cobro = await leer()
      if (!cobro) throw new Error('a charge that is to be told of is not there')
      // Who joined this attempt waits for what was written by then.
      for (let vuelta = 0; vuelta < vueltas; vuelta++) {
        await contar(deps, cobro, deuda, call)
        const quedo: CobroEntero | undefined = await leer()
        if (!quedo || quedo.contada >= quedo.version) return 'done'
        cobro = quedo
      }
      return 'put-off'
    },
  }) satisfies Obligation<typeof noData>

/** @throws PeerUnavailableError; PutOffError while its order may still come to be known */
async function contar(
  deps: Deps,
  cobro: CobroEntero,
  deuda: Deuda,
  call: CallContext,
): Promise<void> {
  const { store, pedidos, clock } = deps
  const { id: cobroId, version } = cobro
  const cierre = { cobroId, version, ordenes: [], deuda, ...cuando(deps, call) }
  if (cobro.contada >= version) return await store.contado(cierre)
  const contado = await pedidos.contar(cobro, call)
  if (contado.tipo === 'contado') {
    return await store.contado({ ...cierre, ordenes: contado.ordenes })
  }
  if (sinDinero(cobro)) return await store.contado(cierre)
  // It may be ahead of what pedidos is restored to, and money is not given back in haste.
  if (clock.epochMs() - cobro.actualizadoEn < desconocidoMs) {
    throw new PutOffError('pedidos does not know the order of a charge')
  }
  await store.sinPedido({ cobroId, deuda, ...cuando(deps, call) })
}

/** Nothing came of it and nothing will: whether pedidos ever heard of it is all one. */
const sinDinero = (cobro: CobroEntero): boolean => !esperaDinero(cobro) && netoDe(cobro) <= 0

const deudaDe = ({ id }: CobroEntero) => ({
  tipo: deberes.contar,
  clave: id,
  datos: {},
  intentos: 0,
})

/** Begins to tell what pedidos does not know yet; nobody waits for it. */
export function contarEnseguida({ enseguida }: Deps, cobro: CobroEntero): void {
  if (cobro.contada < cobro.version) enseguida(deudaDe(cobro))
}

/** Tells it now, for whoever waits for what comes of it; what fails is owed. */
export async function contarYa(
  cumplidor: Fulfiller,
  cobro: CobroEntero,
  call: CallContext,
): Promise<void> {
  if (cobro.contada >= cobro.version) return
  await cumplidor.fulfil(deudaDe(cobro), call).catch(() => undefined)
}
