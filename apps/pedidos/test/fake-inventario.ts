import { LocalRefusalError } from '@encargo/circuit-breaker'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import type { Faltante } from '../src/domain/compra.ts'
import { type Apartado, sinVencimiento } from '../src/domain/pedido.ts'
import type { EstadoReserva, Reservado, Reservas } from '../src/ports/peers.ts'

/** How a call goes wrong: it never arrives, its answer is lost, or it is refused on this side. */
export type Averia = 'antes' | 'despues' | 'local'

interface ReservaFalsa {
  readonly id: string
  readonly pedidoId: string
  estado: EstadoReserva
  readonly lineas: readonly Apartado[]
  expiraEn: number
  readonly creadaEn: number
}

class Refused extends LocalRefusalError {
  readonly by = 'breaker'
}

const igual = (a: readonly Apartado[], b: readonly Apartado[]) =>
  JSON.stringify(ordenadas(a)) === JSON.stringify(ordenadas(b))
const clave = (una: ReservaFalsa) => `${una.creadaEn}/${una.id}`
const ordenadas = (lineas: readonly Apartado[]) =>
  lineas.map(({ productoId, cantidad }) => `${productoId}:${cantidad}`).sort()

/** inventario with its real semantics, in memory, that fails when told to. */
export class FakeInventario implements Reservas {
  readonly fisico = new Map<string, number>()
  readonly reservas = new Map<string, ReservaFalsa>()
  readonly llamadas: string[] = []
  /** Decides before each call whether and how it goes wrong. */
  averia: (operacion: string) => Averia | undefined = () => undefined
  /** Runs when a call has arrived, before it acts. */
  alLlegar: (operacion: string) => Promise<void> = async () => undefined
  /** For how long it says to be away, when it is. */
  ausenteMs = 1000
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  reservado(productoId: string): number {
    let total = 0
    for (const { estado, lineas } of this.reservas.values()) {
      if (estado !== 'activa') continue
      for (const linea of lineas) if (linea.productoId === productoId) total += linea.cantidad
    }
    return total
  }

  disponible(productoId: string): number {
    return (this.fisico.get(productoId) ?? 0) - this.reservado(productoId)
  }

  /** What inventario's own clockwork does. */
  expirar(): void {
    for (const reserva of this.reservas.values()) this.#vencer(reserva)
  }

  reservar(pedidoId: string, lineas: readonly Apartado[], segundos: number): Promise<Reservado> {
    const expiraEn = () => this.#now() + segundos * 1000
    return this.#llamar('reservar', () => this.#reservar(pedidoId, pedidoId, lineas, expiraEn()))
  }

  reapartar(id: string, pedidoId: string, lineas: readonly Apartado[]): Promise<Reservado> {
    return this.#llamar('reapartar', () => this.#reservar(id, pedidoId, lineas, sinVencimiento))
  }

  disponibles(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.#llamar('disponibles', () => new Map(ids.map((id) => [id, this.disponible(id)])))
  }

  /** Of which products staff said how few are too few. */
  readonly minimos = new Map<string, number>()

  bajas() {
    return this.#llamar('bajas', () => {
      const bajas = [...this.minimos].flatMap(([productoId, minimo]) => {
        const disponible = this.disponible(productoId)
        return disponible <= minimo ? [{ productoId, disponible }] : []
      })
      return { bajas, siguiente: undefined }
    })
  }

  confirmar(id: string) {
    return this.#llamar('confirmar', () => {
      const reserva = this.#leer(id)
      if (!reserva) return 'inexistente' as const
      if (reserva.estado === 'confirmada') return 'confirmada' as const
      if (reserva.estado !== 'activa') return 'cerrada' as const
      reserva.estado = 'confirmada'
      for (const { productoId, cantidad } of reserva.lineas) {
        this.fisico.set(productoId, (this.fisico.get(productoId) ?? 0) - cantidad)
      }
      return 'confirmada' as const
    })
  }

  liberar(id: string) {
    return this.#llamar('liberar', () => {
      const reserva = this.#leer(id)
      if (!reserva) {
        this.#poner(id, id, 'liberada', [], this.#now())
        return 'liberada' as const
      }
      if (reserva.estado === 'confirmada') return 'confirmada' as const
      if (reserva.estado === 'activa') reserva.estado = 'liberada'
      return 'liberada' as const
    })
  }

  prorrogar(id: string, hasta: number | 'firme') {
    return this.#llamar('prorrogar', () => {
      const reserva = this.#leer(id)
      if (reserva?.estado !== 'activa') return { tipo: 'cerrada' as const }
      reserva.expiraEn = Math.max(reserva.expiraEn, hasta === 'firme' ? sinVencimiento : hasta)
      return { tipo: 'prorrogada' as const, expiraEn: reserva.expiraEn }
    })
  }

  consultar(id: string) {
    return this.#llamar('consultar', () => this.#leer(id))
  }

  readonly devueltas = new Map<string, readonly Apartado[]>()

  reponer(id: string, _pedidoId: string, lineas: readonly Apartado[]) {
    return this.#llamar('reponer', () => {
      if (this.devueltas.has(id)) return
      this.devueltas.set(id, lineas)
      for (const { productoId, cantidad } of lineas) {
        this.fisico.set(productoId, (this.fisico.get(productoId) ?? 0) + cantidad)
      }
    })
  }

  activas({ cursor, antesDe }: { cursor: string | undefined; antesDe: number }) {
    return this.#llamar('activas', () => {
      const todas = [...this.reservas.values()].filter(
        (reserva) =>
          reserva.estado === 'activa' &&
          reserva.creadaEn < antesDe &&
          (cursor === undefined || clave(reserva) > cursor),
      )
      todas.sort((a, b) => (clave(a) < clave(b) ? -1 : 1))
      const pagina = todas.slice(0, this.porPagina)
      const ultima = pagina.at(-1)
      const siguiente = todas.length > this.porPagina && ultima ? clave(ultima) : undefined
      return { reservas: pagina, siguiente }
    })
  }

  porPagina = 3

  #reservar(
    id: string,
    pedidoId: string,
    lineas: readonly Apartado[],
    expiraEn: number,
  ): Reservado {
    const previa = this.#leer(id)
    if (previa) {
      if (previa.estado === 'liberada' || previa.estado === 'expirada') {
        return { tipo: 'cerrada' }
      }
      if (previa.pedidoId !== pedidoId || !igual(previa.lineas, lineas)) return { tipo: 'distinta' }
      if (previa.estado === 'confirmada') return { tipo: 'cerrada' }
      return { tipo: 'reservada', expiraEn: previa.expiraEn }
    }
    const faltantes: Faltante[] = lineas.flatMap(({ productoId, cantidad: solicitado }) => {
      const disponible = this.disponible(productoId)
      return disponible < solicitado ? [{ productoId, solicitado, disponible }] : []
    })
    if (faltantes.length > 0) return { tipo: 'stock-insuficiente', faltantes }
    this.#poner(id, pedidoId, 'activa', lineas, expiraEn)
    return { tipo: 'reservada', expiraEn }
  }

  #poner(
    id: string,
    pedidoId: string,
    estado: EstadoReserva,
    lineas: readonly Apartado[],
    expiraEn: number,
  ): void {
    this.reservas.set(id, { id, pedidoId, estado, lineas, expiraEn, creadaEn: this.#now() })
  }

  #leer(id: string): ReservaFalsa | undefined {
    const reserva = this.reservas.get(id)
    if (reserva) this.#vencer(reserva)
    return reserva
  }

  #vencer(reserva: ReservaFalsa): void {
    const vencida = reserva.estado === 'activa' && reserva.expiraEn <= this.#now()
    if (vencida) reserva.estado = 'expirada'
  }

  async #llamar<T>(operacion: string, actuar: () => T): Promise<T> {
    this.llamadas.push(operacion)
    const averia = this.averia(operacion)
    if (averia === 'local') {
      throw new PeerUnavailableError('inventario', 1000, new Refused('open', 'inventario', 1000))
    }
    if (averia === 'antes') throw new PeerUnavailableError('inventario', this.ausenteMs)
    await this.alLlegar(operacion)
    const valor = actuar()
    if (averia === 'despues') throw new PeerUnavailableError('inventario', 1000)
    return valor
  }
}
