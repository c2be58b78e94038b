import { Chronicle } from '@encargo/service-kit/obligations/chronicle'
import type { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { describeError } from '@encargo/service-kit/run/logger'
import { PeerProtocolError } from '@encargo/service-kit/peer/peer'
import { type Pedida, reunirLineas, type Solicitud } from '../domain/compra.ts'
import { juzgarCupon, type RechazoCupon } from '../domain/cupon.ts'
import type { Cupo, Exceso } from '../domain/cupo.ts'
import type { Negativa } from '../domain/negativa.ts'
import type { Pedido, PedidoPendiente } from '../domain/pedido.ts'
import type { NuevaCobranza } from '../ports/cobranza.ts'
import type { Reservado } from '../ports/peers.ts'
import type { Clave, ClavePedida, Respuesta } from '../ports/store.ts'
import { Admision } from './admision.ts'
import { graciaMs, type Deps } from './deps.ts'
import { type ClaveLibre, otrosIds, primerId } from './ids-posibles.ts'
import { type Descartador, pudoActuar } from './obligaciones/soltar-reserva.ts'
import { finDe } from './obligaciones/terminar-pedido.ts'
import { comoSePaga, metodoPedido } from './forma-de-pago.ts'
import { tasar, type Valorada } from './tasar.ts'

export type Compra =
  | { readonly tipo: 'creado'; readonly pedido: Pedido }
  | { readonly tipo: 'negada'; readonly negativa: Negativa }
  /** Too much for this customer now; nothing is kept of it. */
  | { readonly tipo: 'excedida'; readonly exceso: Exceso }
  /** The first answer to this key, given before. */
  | { readonly tipo: 'repetida'; readonly respuesta: Respuesta }
  | { readonly tipo: 'clave-distinta' }
  | { readonly tipo: 'en-curso' }

/**
 * Buys: asks who and how much side by side, reserves, writes the order. The order's id is decided
 * before the reservation and follows from user and key where there is one, so that a retry after a
 * crash meets its own reservation. Of an order without a key, which nobody can ask for again, the
 * reservation is discarded as soon as the order can't be written.
 */
export class Comprador {
  readonly #deps: Deps
  readonly #descartador: Descartador
  readonly #cumplidor: Fulfiller
  readonly #admision: Admision
  /** Keys whose first request is running in this process; in another, they may run at the same time. */
  readonly #enCurso = new Set<string>()

  constructor(deps: Deps, descartador: Descartador, cumplidor: Fulfiller) {
    this.#deps = deps
    this.#descartador = descartador
    this.#cumplidor = cumplidor
    this.#admision = new Admision(deps)
  }

  /**
   * @throws PeerUnavailableError when a service can't be had, StorageUnavailableError when the
   * order can't be written; nothing was sold then
   */
  async comprar(
    solicitud: Solicitud,
    pedida: ClavePedida | undefined,
    call: CallContext,
  ): Promise<Compra> {
    // Before anything is reserved: a clock that is doubted dates no order.
    const ahora = this.#ahora()
    if (!pedida) return await this.#intentar(solicitud, undefined, call)
    const { usuarioId } = pedida
    const enCurso = JSON.stringify([usuarioId, pedida.clave])
    if (this.#enCurso.has(enCurso)) return { tipo: 'en-curso' }
    this.#enCurso.add(enCurso)
    try {
      const { store } = this.#deps
      const clave = { ...pedida, primerId: store.idDeClave(usuarioId, pedida.clave, 0) }
      const { respuesta, primerIdUsado } = await store.antecedentes(clave, ahora)
      if (respuesta) return repetir(respuesta)
      return await this.#intentar(solicitud, { clave, primerIdUsado }, call)
    } finally {
      this.#enCurso.delete(enCurso)
    }
  }

  async #intentar(
    solicitud: Solicitud,
    libre: ClaveLibre | undefined,
    call: CallContext,
  ): Promise<Compra> {
    const clave = libre && libre.clave
    const cronista = new Chronicle(this.#deps.clock)
    const pedidas = reunirLineas(solicitud.lineas)
    const [{ cliente, juicio }, metodo] = await Promise.all([
      tasar(this.#deps, solicitud, pedidas, cronista, call),
      metodoPedido(this.#deps, solicitud, call),
    ])
    const { delPersonal, clienteId } = solicitud
    const exceso = delPersonal ? undefined : this.#admision.contar(clienteId, cliente)
    if (exceso) return { tipo: 'excedida', exceso }
    if ('codigo' in juicio) return await this.#negar(juicio, clave)
    const cobranza = comoSePaga(metodo, solicitud, juicio.total)
    if (cobranza && 'codigo' in cobranza) return await this.#negar(cobranza, clave)
    const { confirmado } = this.#deps.cupos
    const cupo = delPersonal ? undefined : this.#admision.cupoDe(cliente)
    const { plazoSegundos } = cupo ?? confirmado
    const orden = {
      solicitud,
      pedidas,
      valorada: juicio,
      cobranza,
      cupo,
      plazoSegundos,
      clave,
      cronista,
      call,
    }
    if (!cupo) return await this.#reservarYEscribir(orden, libre)
    const compra = await this.#admision.dentro(solicitud, cupo, () =>
      this.#reservarYEscribir(orden, libre),
    )
    if (!('codigo' in compra)) return compra
    // What is too much may be what another process has made of this very key meanwhile.
    const { respuesta } = clave ? await this.#deps.store.antecedentes(clave, this.#ahora()) : {}
    return respuesta ? repetir(respuesta) : { tipo: 'excedida', exceso: compra }
  }

  async #negar(negativa: Negativa, clave: Clave | undefined): Promise<Compra> {
    if (!clave) return { tipo: 'negada', negativa }
    const respuesta = await this.#deps.store.negar(clave, negativa, this.#ahora())
    const propia = respuesta.tipo === 'negativa' && respuesta.negativa === negativa
    return propia ? { tipo: 'negada', negativa } : repetir(respuesta)
  }

  async #reservarYEscribir(orden: Orden, libre: ClaveLibre | undefined): Promise<Compra> {
    const primero = primerId(this.#deps, libre)
    const compra = primero === undefined ? undefined : await this.#probar(primero, orden)
    if (compra) return compra
    if (libre) {
      for await (const id of otrosIds(this.#deps, libre)) {
        const otra = await this.#probar(id, orden)
        if (otra) return otra
      }
    }
    throw new PeerProtocolError('inventario has closed every reservation that was asked for')
  }

  /** Undefined when this id can't become an order any more. */
  async #probar(id: string, orden: Orden): Promise<Compra | undefined> {
    const reservado = await this.#reservar(id, orden)
    switch (reservado.tipo) {
      case 'reservada':
        this.#comprobarRelojes(id, reservado.expiraEn, orden)
        return await this.#escribir(id, reservado.expiraEn, orden)
      case 'cerrada':
        return undefined
      case 'stock-insuficiente': {
        const { faltantes } = reservado
        return await this.#negar({ codigo: 'stock-insuficiente', faltantes }, orden.clave)
      }
      case 'distinta':
        // Made with this key by a request that wanted something else and died before its answer.
        if (orden.clave) return { tipo: 'clave-distinta' }
        throw new PeerProtocolError('inventario knows a reservation for an id that is new')
    }
  }

  /** An order that is over at once, or holds its stock for years, is of a clock that is wrong. */
  #comprobarRelojes(id: string, expiraEn: number, { plazoSegundos, clave }: Orden): void {
    const quedaMs = expiraEn - this.#ahora()
    if (quedaMs > 0 && quedaMs <= plazoSegundos * 1000 + desacuerdoMs) return
    if (!clave) this.#descartador.descartar(id, 'los relojes no coinciden')
    throw new PeerProtocolError(
      `inventario's reservation ends in ${quedaMs} ms: its clock and ours do not agree`,
    )
  }

  async #reservar(id: string, orden: Orden): Promise<Reservado> {
    const { pedidas, plazoSegundos, clave, cronista, call } = orden
    const { reservas } = this.#deps
    const lineas = pedidas.map(({ productoId, cantidad }) => ({ productoId, cantidad }))
    try {
      return await cronista.step(
        'inventario: reservar',
        () => reservas.reservar(id, lineas, plazoSegundos, call),
        ({ tipo }) => tipo,
      )
    } catch (error) {
      if (!clave && pudoActuar(error)) this.#descartador.descartar(id, 'la reserva no respondió')
      throw error
    }
  }

  /** Undefined when this id can't become an order any more. */
  async #escribir(id: string, expiraEn: number, orden: Orden): Promise<Compra | undefined> {
    const { solicitud, valorada, cobranza, cupo, clave, cronista, call } = orden
    const { compradorId: creadoPor, clienteId, notas, direccionEnvio, completar } = solicitud
    const ahora = this.#ahora()
    const corrida = cronista.run({
      operacion: 'comprar',
      actor: creadoPor,
      traza: call.traceId,
      resultado: 'Pendiente',
      en: ahora,
    })
    const completarDesde = completar ? ahora + graciaMs : undefined
    const datos = { id, clienteId, creadoPor, notas, direccionEnvio, expiraEn, ahora, clave }
    const { moneda, store } = this.#deps
    const creacion = await store
      .crear({ ...datos, ...valorada, cobranza, moneda, corrida, completarDesde, cupo })
      .catch((error: unknown) => {
        if (!clave) this.#descartador.descartar(id, 'el pedido no se pudo escribir')
        throw error
      })
    if (creacion.tipo === 'creado') return await this.#completar(creacion.pedido, call)
    if (creacion.tipo === 'usado') return undefined
    if (creacion.tipo === 'cliente-borrado') {
      this.#descartador.descartar(id, 'la cuenta del cliente fue eliminada')
      return await this.#negar({ codigo: 'cliente-inactivo' }, clave)
    }
    if (creacion.tipo === 'excedido') {
      this.#descartador.descartar(id, 'el cliente ya tenía demasiado apartado')
      return { tipo: 'excedida', exceso: creacion.exceso }
    }
    if (creacion.tipo === 'cupon-agotado') {
      this.#descartador.descartar(id, 'el cupón se agotó')
      return await this.#negar(await this.#reparoDelCupon(solicitud), clave)
    }
    // Another process answered this key; what was reserved here is that answer's, or nobody's.
    const { respuesta } = creacion
    const suya = respuesta.tipo === 'pedido' && respuesta.pedido.id === id
    if (!suya) this.#descartador.descartar(id, 'la clave ya tenía respuesta')
    return repetir(respuesta)
  }

  /** Why a coupon that was good a moment ago is so no more. */
  async #reparoDelCupon({ clienteId, trato }: Solicitud): Promise<RechazoCupon> {
    const { cupon, usosDelCliente } = await this.#deps.store.ofrecido({
      cupon: trato?.cupon,
      clienteId,
    })
    // What it was judged by before has not changed.
    const igual = { importe: Number.MAX_SAFE_INTEGER, cliente: 'con-cuenta' } as const
    const reparo = juzgarCupon(cupon, { ...igual, usosDelCliente, ahora: this.#ahora() })
    return reparo ?? { codigo: 'cupon-agotado', propio: false }
  }

  /** A sale at the counter is completed at once if inventario can be had, else by the driver. */
  async #completar(pedido: PedidoPendiente, call: CallContext): Promise<Compra> {
    const { id, intencion } = pedido
    if (!intencion) return { tipo: 'creado', pedido }
    try {
      await this.#cumplidor.fulfil(finDe(pedido, intencion), call)
      return { tipo: 'creado', pedido: (await this.#deps.store.porId(id)) ?? pedido }
    } catch (error) {
      this.#deps.logger.warn('an order is left to be completed by the driver', {
        id,
        error: describeError(error),
      })
      return { tipo: 'creado', pedido }
    }
  }

  #ahora(): number {
    return this.#deps.clock.epochMs()
  }
}

/** By how much inventario's clock may be ahead of this one. */
const desacuerdoMs = 10 * 60_000

interface Orden {
  readonly solicitud: Solicitud
  readonly pedidas: readonly Pedida[]
  readonly valorada: Valorada
  readonly cobranza: NuevaCobranza | null
  /** Undefined where nothing bounds what the customer holds. */
  readonly cupo: Cupo | undefined
  readonly plazoSegundos: number
  readonly clave: Clave | undefined
  readonly cronista: Chronicle
  readonly call: CallContext
}

function repetir(respuesta: Respuesta): Compra {
  return respuesta.misma ? { tipo: 'repetida', respuesta } : { tipo: 'clave-distinta' }
}
