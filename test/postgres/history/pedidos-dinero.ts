import type { CobroDicho } from '../../../apps/pedidos/src/ports/cobranza.ts'
import { corridaDe, horaMs } from '../../../apps/pedidos/test/contract/fixture.ts'
import { cobroNuevo, tras } from '../../../apps/pedidos/test/fake-pagos.ts'
import type { Chance } from './chance.ts'
import { type Maker, operation } from './operation.ts'
import type { Store } from './pedidos-store.ts'

interface Mundo {
  readonly numero: () => number
  readonly pedido: () => string
  readonly actor: () => string
  readonly moment: () => number
  readonly limite: () => number
}

/** What pagos tells of orders' charges, and what staff do about the money. */
export function dinero(
  { below, of, once, id }: Chance,
  { numero, pedido, actor, moment, limite }: Mundo,
) {
  const cobros: { readonly numero: number; cobro: CobroDicho }[] = []
  const reembolsos = ['r']
  const cuando = () => ({ ahora: moment(), proximaEn: moment(), traza: 't' })
  const elegido = () => cobros[below(cobros.length)]
  const deuda = () => ({
    tipo: of('reembolsar', 'cerrar-cobro'),
    clave: of(elegido()?.cobro.id ?? 'c', reembolsos[below(reembolsos.length)] ?? 'r'),
    datos: {},
    intentos: 0,
  })
  /** What is told next of a charge: it goes on, or is repeated. */
  function siguiente(cobro: CobroDicho): CobroDicho {
    const version = cobro.version + 1
    const devueltos = reembolsos.map((uno) => ({
      id: uno,
      estado: of('enviado', 'hecho', 'fallido'),
    }))
    switch (below(7)) {
      case 0:
        return cobro
      case 1:
        return { ...cobro, version, estado: 'cerrado', causa: 'vencido' }
      case 2:
        return tras(cobro, 'autorizacion', cobro.importe, { estado: 'autorizado' })
      case 3:
        return tras(cobro, 'reembolso', Math.max(1, cobro.cobrado), { reembolsos: devueltos })
      case 4:
        return tras(cobro, 'contracargo', Math.max(1, cobro.cobrado), {
          disputa: of('abierta', 'perdida'),
        })
      default:
        return tras(cobro, 'captura', cobro.importe, { estado: 'cobrado' })
    }
  }
  const anotarCobro: Maker<Store> = () => {
    const suyo = once(3) ? undefined : elegido()
    const cobro = suyo ? siguiente(suyo.cobro) : cobroNuevo(id(), 1 + below(of(9, 20_000)))
    if (suyo) suyo.cobro = cobro
    const n = once(20) ? numero() : (suyo?.numero ?? numero())
    if (!suyo) cobros.push({ numero: n, cobro })
    const expiraEn = once(3) ? moment() + below(40) * horaMs : undefined
    const una = { ...cuando(), numero: n, cobro, expiraEn, ...(once(9) ? { deuda: deuda() } : {}) }
    return operation('anotarCobro', (store) => store.anotarCobro(una))
  }
  const asegurar: Maker<Store> = () => {
    const una = { ...cuando(), numero: numero(), actor: actor() }
    return operation('proponerAsegurar', (store) => store.proponerAsegurar(una))
  }
  const paso = () => {
    const proposito = of('asegurar', 'reapartar', 'expirar')
    const quien = { numero: elegido()?.numero ?? numero(), proposito, actor: actor() }
    return { ...cuando(), ...quien, corrida: corridaDe(proposito, 'sistema', moment()) }
  }
  const seguir: Maker<Store> = () => {
    const apartado = of('firme', 'vencido')
    const mas = once(3)
      ? { expiraEn: moment() + below(40) * horaMs, insistirHasta: moment() }
      : { apartado, ...(once(3) ? { reservaId: id() } : {}) }
    const uno = { ...paso(), ...mas }
    return operation('seguirCobrado', (store) => store.seguirCobrado(uno))
  }
  const terminar: Maker<Store> = () => {
    const proposito = of('completar', 'cancelar', 'expirar', 'reapartar')
    const estado = of('Completado', 'Cancelado')
    const uno = { ...paso(), proposito, estado, motivo: of(null, 'm') }
    return operation('terminarCobrado', (store) => store.terminarCobrado(uno))
  }
  const abonar: Maker<Store> = () => {
    const que = { id: of(id(), 'uno'), numero: numero(), causa: of('cortesia', 'contracargo') }
    const uno = {
      ...cuando(),
      ...que,
      importe: 1 + below(of(9, 20_000)),
      motivo: 'm',
      actor: actor(),
    }
    return operation('abonar', (store) => store.abonar(uno))
  }
  const forzar: Maker<Store> = () => {
    const que = { numero: numero(), pedidoId: pedido(), motivo: 'm', actor: actor() }
    const uno = { ...cuando(), ...que, por: { actorId: 'jefa' } }
    return operation('forzar', (store) => store.forzar(uno))
  }
  const anotarReembolso: Maker<Store> = () => {
    const una = {
      ...cuando(),
      id: reembolsos[below(reembolsos.length)] ?? 'r',
      estado: of('pedido', 'fallido'),
    }
    const debida = deuda()
    return operation('anotarReembolso', (store) => store.anotarReembolso(una, debida))
  }
  const reembolso: Maker<Store> = () => {
    const cual = reembolsos[below(reembolsos.length)] ?? 'r'
    return operation('reembolso', (store) => store.reembolso(cual))
  }
  const deCobro: Maker<Store> = () => {
    const cual = elegido()?.cobro.id ?? 'c'
    return operation('pedidoDeCobro', (store) => store.pedidoDeCobro(cual), {
      learn(uno) {
        for (const { id: suyo } of uno?.cobranza?.reembolsos ?? []) reembolsos.push(suyo)
      },
    })
  }
  const saldos: Maker<Store> = () => {
    const despuesDe = once(3) ? { asunto: of('', 'por-cobrar', 'z'), numero: numero() } : undefined
    const lista = { asunto: of(undefined, 'por-devolver', 'vencido'), despuesDe, limite: limite() }
    return operation('saldos', (store) => store.saldos(lista))
  }
  return {
    cobranza: () => (once(4) ? { metodo: 'm', momento: of('antes', 'contra-entrega') } : null),
    often: [anotarCobro, anotarCobro, seguir, terminar],
    writes: [asegurar, abonar, anotarReembolso],
    // Which of two lines of the audit log of one moment comes first is up to the engine.
    alone: [forzar],
    reads: [reembolso, deCobro, saldos],
  }
}
