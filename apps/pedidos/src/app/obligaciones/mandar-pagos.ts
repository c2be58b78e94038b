import { noData, type Obligation, PutOffError } from '@encargo/service-kit/obligations/obligation'
import type { Deuda } from '@encargo/service-kit/obligations/port'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { esperaDinero } from '@encargo/service-kit/values/cobros'
import { cuentaDe } from '../../domain/cobranza/de-pedido.ts'
import { decidir } from '../../domain/cobranza/decidir.ts'
import { idDeCaptura } from '../../domain/identidad-pedido.ts'
import type { CobroDicho } from '../../ports/cobranza.ts'
import type { Deps } from '../deps.ts'

// What is owed to pagos. Each looks again at whether it is still wanted: the account may have changed.

const cuando = ({ clock }: Pick<Deps, 'clock'>, { traceId }: CallContext) => {
  const ahora = clock.epochMs()
  return { ahora, proximaEn: ahora, traza: traceId }
}

/** Writes what a charge has become, which is what was owed, or has it asked for again. */
async function anotar(
  deps: Deps,
  cobro: CobroDicho,
  {
    numero,
    deuda,
    call,
  }: { readonly numero: number; readonly deuda: Deuda; readonly call: CallContext },
) {
  const sigue = deuda.tipo === 'cerrar-cobro' ? esperaDinero(cobro) : cobro.estado === 'autorizado'
  const anotado = await deps.store.anotarCobro({
    ...cuando(deps, call),
    numero,
    cobro,
    expiraEn: undefined,
    ...(sigue ? {} : { deuda }),
  })
  if (anotado === 'ajeno' || anotado === 'no-cobrable') {
    throw new Error(`pagos tells of another charge: ${anotado}`)
  }
  if (sigue) throw new PutOffError(`the charge is ${cobro.estado}`)
}

/** Has a charge take no more money. */
export const cerrarCobro = (deps: Deps) =>
  ({
    tipo: 'cerrar-cobro',
    datos: noData,
    peer: 'pagos',
    async attempt(deuda, { call }) {
      const pedido = await deps.store.pedidoDeCobro(deuda.clave)
      if (!pedido || !decidir(cuentaDe(pedido)).cerrar.includes(deuda.clave)) {
        await deps.store.cerrar(deuda)
        return 'done'
      }
      const cobro = await deps.pagos.cerrar(deuda.clave, call)
      await anotar(deps, cobro, { numero: pedido.numero, deuda, call })
      return 'done'
    },
  }) satisfies Obligation<typeof noData>

/** Takes what is promised. */
export const capturarCobro = (deps: Deps) =>
  ({
    tipo: 'capturar-cobro',
    datos: noData,
    peer: 'pagos',
    async attempt(deuda, { call }) {
      const { clave: cobroId } = deuda
      const pedido = await deps.store.pedidoDeCobro(cobroId)
      const parte =
        pedido && decidir(cuentaDe(pedido)).capturar.find((una) => una.cobroId === cobroId)
      if (!parte) {
        await deps.store.cerrar(deuda)
        return 'done'
      }
      const captura = { ...parte, clave: idDeCaptura(cobroId) }
      const cobro = await deps.pagos.capturar(captura, call)
      await anotar(deps, cobro, { numero: pedido.numero, deuda, call })
      return 'done'
    },
  }) satisfies Obligation<typeof noData>

/** Asks for money to go back. What becomes of that pagos tells with the charge. */
export const reembolsar = (deps: Deps) =>
  ({
    tipo: 'reembolsar',
    datos: noData,
    peer: 'pagos',
    async attempt(deuda, { call }) {
      const reembolso = await deps.store.reembolso(deuda.clave)
      if (reembolso?.estado !== 'por-pedir') {
        await deps.store.cerrar(deuda)
        return 'done'
      }
      const { id, cobroId, importe, motivo } = reembolso
      const dicho = await deps.pagos.reembolsar({ id, cobroId, importe, motivo }, call)
      // A bank holds it, and may give it back: until then it is owed, and nobody's to see to.
      if (dicho === 'sin-fondos')
        throw new PutOffError('there is no money of the charge to give back')
      const estado = dicho === 'fallido' ? ('fallido' as const) : ('pedido' as const)
      await deps.store.anotarReembolso({ ...cuando(deps, call), id, estado }, deuda)
      return 'done'
    },
  }) satisfies Obligation<typeof noData>
