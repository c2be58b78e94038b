import { crashAround } from '@encargo/service-kit/crash-points'
import type { Storage } from '@encargo/storage'
import { inArray } from 'drizzle-orm'
import type { Faltante } from '../domain/existencia.ts'
import {
  decidirConfirmar,
  decidirLiberar,
  decidirReservar,
  enOrden,
  type DecisionCierre,
  type EstadoCerrado,
  type Linea,
  type Reserva,
} from '../domain/reserva.ts'
import type { Libro } from './libro.ts'
import type {
  ListaReservas,
  PeticionCierre,
  PeticionReserva,
  ReservasStore,
  ResultadoCierre,
  ResultadoReservar,
} from './port.ts'
import { listaReservas } from './queries.ts'
import { prepareReservas } from './reservas-sql.ts'
import { type InventarioSchema, reservaLineas } from './tables.ts'

/** Thrown to undo what a reservation has taken so far; never leaves this file. */
class SinStock extends Error {
  readonly faltantes: readonly Faltante[]

  constructor(faltantes: readonly Faltante[]) {
    super('not enough stock')
    this.faltantes = faltantes
  }
}

/** A statement that changed another number of rows than it must is a bug: the write is undone. */
function expectOne(changes: number): void {
  if (changes !== 1) throw new Error(`a reservation's statement changed ${changes} rows, not 1`)
}

/** Reservations: each call is one write, so it happens whole or not at all. */
export function createReservas(storage: Storage<InventarioSchema>, libro: Libro): ReservasStore {
  const statements = prepareReservas(storage.client)

  function leer(pedidoId: string): Reserva | null {
    const row = statements.find.get(pedidoId)
    return row && { ...row, pedidoId, lineas: enOrden(statements.lineas.all(pedidoId)) }
  }

  function tomar(lineas: readonly Linea[], ahora: number): void {
    const faltantes: Faltante[] = []
    for (const { productoId, cantidad } of lineas) {
      if (statements.take.run(cantidad, ahora, productoId, cantidad).changes === 1) continue
      const disponible = statements.disponible.get(productoId)?.disponible ?? 0
      faltantes.push({ productoId, solicitado: cantidad, disponible })
    }
    if (faltantes.length > 0) throw new SinStock(faltantes)
  }

  function crear({ pedidoId, lineas, expiraEn, ahora }: PeticionReserva): Reserva {
    tomar(lineas, ahora)
    statements.insert.run(pedidoId, 'activa', expiraEn, ahora, null)
    for (const { productoId, cantidad } of lineas) {
      statements.insertLinea.run(pedidoId, productoId, cantidad)
    }
    return { pedidoId, estado: 'activa', lineas, expiraEn, creadaEn: ahora, cerradaEn: null }
  }

  function vender({ pedidoId, lineas }: Reserva, ahora: number): void {
    for (const { productoId, cantidad } of lineas) {
      const despues = statements.sell.get(cantidad, cantidad, ahora, productoId)
      if (!despues) throw new Error('a reserved product has no stock on record')
      libro.anotar({
        productoId,
        tipo: 'VENTA',
        cantidad: -cantidad,
        fisicoResultante: despues.fisico,
        motivo: null,
        pedidoId,
        usuarioId: null,
        creadoEn: ahora,
      })
    }
  }

  function devolver({ lineas }: Reserva, ahora: number): void {
    for (const { productoId, cantidad } of lineas) {
      expectOne(statements.giveBack.run(cantidad, ahora, productoId).changes)
    }
  }

  function cerrar(reserva: Reserva, estado: EstadoCerrado, ahora: number): Reserva {
    expectOne(statements.close.run(estado, ahora, reserva.pedidoId).changes)
    if (estado === 'confirmada') vender(reserva, ahora)
    else devolver(reserva, ahora)
    return { ...reserva, estado, cerradaEn: ahora }
  }

  function reservar(peticion: PeticionReserva): ResultadoReservar {
    const { pedidoId, lineas, ahora } = peticion
    const reserva = leer(pedidoId)
    const decision = decidirReservar(reserva, lineas, ahora)
    if (!reserva || decision === 'reservar') {
      return { resultado: 'reservada', reserva: crear(peticion) }
    }
    if (decision === 'repetida') return { resultado: 'repetida', reserva }
    if (decision === 'distinta') return { resultado: 'distinta' }
    return cerrada(decision === 'vencer' ? cerrar(reserva, 'expirada', ahora) : reserva)
  }

  function confirmar({ pedidoId, ahora }: PeticionCierre): ResultadoCierre | null {
    const reserva = leer(pedidoId)
    if (!reserva) return null
    const decision = decidirConfirmar(reserva, ahora)
    if (decision === 'vencer') return cerrada(cerrar(reserva, 'expirada', ahora))
    return ejecutar(decision, reserva, 'confirmada', ahora)
  }

  function liberar({ pedidoId, ahora }: PeticionCierre): ResultadoCierre {
    const reserva = leer(pedidoId)
    if (!reserva) return { resultado: 'hecho', reserva: lapida(pedidoId, ahora) }
    const decision = decidirLiberar(reserva, ahora)
    if (decision === 'vencer') {
      return { resultado: 'hecho', reserva: cerrar(reserva, 'expirada', ahora) }
    }
    return ejecutar(decision, reserva, 'liberada', ahora)
  }

  function ejecutar(
    decision: Exclude<DecisionCierre, 'vencer'>,
    reserva: Reserva,
    estado: EstadoCerrado,
    ahora: number,
  ): ResultadoCierre {
    if (decision === 'cerrada') return cerrada(reserva)
    if (decision === 'repetida') return { resultado: 'repetida', reserva }
    return { resultado: 'hecho', reserva: cerrar(reserva, estado, ahora) }
  }

  /** Stands for a reservation that must never come to be, when its release came first. */
  function lapida(pedidoId: string, ahora: number): Reserva {
    statements.insert.run(pedidoId, 'liberada', ahora, ahora, ahora)
    return {
      pedidoId,
      estado: 'liberada',
      lineas: [],
      expiraEn: ahora,
      creadaEn: ahora,
      cerradaEn: ahora,
    }
  }

  function expirar(ahora: number, limite: number): number {
    const due = statements.due.all(ahora, limite)
    for (const { pedidoId } of due) {
      const reserva = leer(pedidoId)
      if (reserva) cerrar(reserva, 'expirada', ahora)
    }
    return due.length
  }

  return {
    async reservar(peticion) {
      try {
        return await crashAround('inventario.reservar.escribir', () =>
          storage.write(() => reservar(peticion)),
        )
      } catch (error) {
        if (!(error instanceof SinStock)) throw error
        return { resultado: 'stock-insuficiente', faltantes: error.faltantes }
      }
    },
    confirmar: (peticion) =>
      crashAround('inventario.confirmar.escribir', () => storage.write(() => confirmar(peticion))),
    liberar: (peticion) =>
      crashAround('inventario.liberar.escribir', () => storage.write(() => liberar(peticion))),
    reserva: async (pedidoId) => leer(pedidoId),
    reservasActivas: async (lista) => activas(storage, lista),
    async expirarVencidas(ahora, limite) {
      if (statements.due.get(ahora, 1) === null) return 0
      return await crashAround('inventario.expirar.escribir', () =>
        storage.write(() => expirar(ahora, limite)),
      )
    },
  }
}

function cerrada({ estado }: Reserva) {
  if (estado === 'activa') throw new Error('an active reservation was taken for a closed one')
  return { resultado: 'cerrada', estado } as const
}

function activas({ db }: Storage<InventarioSchema>, lista: ListaReservas): Reserva[] {
  const found = listaReservas(db, lista).all()
  const lineas = new Map<string, Linea[]>(found.map(({ pedidoId }) => [pedidoId, []]))
  const rows = db
    .select()
    .from(reservaLineas)
    .where(inArray(reservaLineas.pedidoId, [...lineas.keys()]))
    .orderBy(reservaLineas.pedidoId, reservaLineas.productoId)
    .all()
  for (const { pedidoId, ...linea } of rows) lineas.get(pedidoId)?.push(linea)
  return found.map((reserva) => ({ ...reserva, lineas: lineas.get(reserva.pedidoId) ?? [] }))
}
