import { type Script } from '@encargo/storage'
import type { Faltante } from '../domain/existencia.ts'
import {
  decidirConfirmar,
  decidirLiberar,
  decidirProrrogar,
  decidirReservar,
  type DecisionCierre,
  type EstadoCerrado,
  type Linea,
  type Reserva,
} from '../domain/reserva.ts'
import type {
  PeticionCierre,
  PeticionProrroga,
  PeticionReserva,
  ResultadoCierre,
  ResultadoReservar,
} from '../ports.ts'

/**
 * What reservations and the stock that they hold are written in: the tables, statement by statement, or
 * what was read of them for several requests, to be written at their end.
 */
export interface Registro {
  leer(id: string): Script<Reserva | undefined>
  /** Promises the units of every line. @throws SinStock, and nothing of it may stay */
  tomar(lineas: readonly Linea[], ahora: number): Script<void>
  /** Puts one on record that was not there. */
  poner(reserva: Reserva): Script<void>
  /** Holds an active one for longer. */
  alargar(id: string, expiraEn: number): Script<void>
  /** Closes an active one, and says nothing of its stock. */
  cerrar(id: string, estado: EstadoCerrado, ahora: number): Script<void>
  /** Takes its units out of the stock, with their lines in the ledger. */
  vender(reserva: Reserva, ahora: number): Script<void>
  /** Gives its units back, save those that a count did not find. */
  devolver(reserva: Reserva, ahora: number): Script<void>
}

/** Thrown to undo what a reservation has taken so far; never leaves the store. */
export class SinStock extends Error {
  readonly faltantes: readonly Faltante[]

  constructor(faltantes: readonly Faltante[]) {
    super('not enough stock')
    this.faltantes = faltantes
  }
}

function* crear(registro: Registro, peticion: PeticionReserva): Script<Reserva> {
  const { id, pedidoId, lineas, expiraEn, ahora: creadaEn } = peticion
  yield* registro.tomar(lineas, creadaEn)
  const reserva = {
    id,
    pedidoId,
    estado: 'activa',
    lineas,
    expiraEn,
    creadaEn,
    cerradaEn: null,
  } as const
  yield* registro.poner(reserva)
  return reserva
}

/** Stands for a reservation that must never come to be, when its release came first. */
function* lapida(registro: Registro, id: string, ahora: number): Script<Reserva> {
  const momentos = { expiraEn: ahora, creadaEn: ahora, cerradaEn: ahora }
  const reserva = { id, pedidoId: id, estado: 'liberada', lineas: [], ...momentos } as const
  yield* registro.poner(reserva)
  return reserva
}

function cerrada({ estado }: Reserva) {
  if (estado === 'activa') throw new Error('an active reservation was taken for a closed one')
  return { tipo: 'cerrada', estado } as const
}

function* acabar(
  registro: Registro,
  reserva: Reserva,
  estado: EstadoCerrado,
  ahora: number,
): Script<Reserva> {
  yield* registro.cerrar(reserva.id, estado, ahora)
  if (estado === 'confirmada') yield* registro.vender(reserva, ahora)
  else yield* registro.devolver(reserva, ahora)
  return { ...reserva, estado, cerradaEn: ahora }
}

export function* reservar(
  registro: Registro,
  peticion: PeticionReserva,
): Script<ResultadoReservar> {
  const { id, ahora } = peticion
  const reserva = yield* registro.leer(id)
  const decision = decidirReservar(reserva, peticion, ahora)
  if (!reserva || decision === 'reservar') {
    return { tipo: 'reservada', reserva: yield* crear(registro, peticion) }
  }
  if (decision === 'repetida') return { tipo: 'repetida', reserva }
  if (decision === 'distinta') return { tipo: 'distinta' }
  return cerrada(
    decision === 'vencer' ? yield* acabar(registro, reserva, 'expirada', ahora) : reserva,
  )
}

export function* confirmar(
  registro: Registro,
  { id, ahora }: PeticionCierre,
): Script<ResultadoCierre | undefined> {
  const reserva = yield* registro.leer(id)
  if (!reserva) return undefined
  const decision = decidirConfirmar(reserva, ahora)
  if (decision === 'vencer') return cerrada(yield* acabar(registro, reserva, 'expirada', ahora))
  return yield* ejecutar(registro, decision, reserva, 'confirmada', ahora)
}

export function* liberar(
  registro: Registro,
  { id, ahora }: PeticionCierre,
): Script<ResultadoCierre> {
  const reserva = yield* registro.leer(id)
  if (!reserva) return { tipo: 'hecho', reserva: yield* lapida(registro, id, ahora) }
  const decision = decidirLiberar(reserva, ahora)
  if (decision === 'vencer') {
    return { tipo: 'hecho', reserva: yield* acabar(registro, reserva, 'expirada', ahora) }
  }
  return yield* ejecutar(registro, decision, reserva, 'liberada', ahora)
}

export function* prorrogar(
  registro: Registro,
  { id, expiraEn, ahora }: PeticionProrroga,
): Script<ResultadoCierre | undefined> {
  const reserva = yield* registro.leer(id)
  if (!reserva) return undefined
  const decision = decidirProrrogar(reserva, expiraEn, ahora)
  if (decision === 'vencer') return cerrada(yield* acabar(registro, reserva, 'expirada', ahora))
  if (decision === 'cerrada') return cerrada(reserva)
  if (decision === 'repetida') return { tipo: 'repetida', reserva }
  yield* registro.alargar(id, expiraEn)
  return { tipo: 'hecho', reserva: { ...reserva, expiraEn } }
}

/** Closes one whose time has run out. */
export function* expirar(
  registro: Registro,
  { id, ahora }: PeticionCierre,
): Script<Reserva | undefined> {
  const reserva = yield* registro.leer(id)
  return reserva && (yield* acabar(registro, reserva, 'expirada', ahora))
}

function* ejecutar(
  registro: Registro,
  decision: Exclude<DecisionCierre, 'vencer'>,
  reserva: Reserva,
  estado: EstadoCerrado,
  ahora: number,
): Script<ResultadoCierre> {
  if (decision === 'cerrada') return cerrada(reserva)
  if (decision === 'repetida') return { tipo: 'repetida', reserva }
  return { tipo: 'hecho', reserva: yield* acabar(registro, reserva, estado, ahora) }
}
