import { type EstadoFinal, type Intencion, type PropositoFinal, sistema } from './pedido.ts'

/** What inventario may answer to what it is asked about an order's reservation. */
export interface Respuestas {
  readonly confirmar: 'confirmada' | 'cerrada' | 'inexistente'
  /** `confirmada`: too late, its stock has left. */
  readonly liberar: 'liberada' | 'confirmada'
}
export type Respuesta = Respuestas[keyof Respuestas]

/** Whose wish it may be; a `cliente` only for their own order, a `servicio` that may complete orders. */
export type Quien = 'cliente' | 'personal' | 'servicio' | 'sistema'

interface Fin {
  readonly estado: EstadoFinal
  /** It is what was wished for, so the history tells whose wish it was and their reason. */
  readonly querido?: true
  readonly motivo?: string
}

interface Camino<Pide extends keyof Respuestas> {
  readonly quien: readonly Quien[]
  readonly pide: Pide
  /** How the order ends, by what inventario answers. */
  readonly fines: Readonly<Record<Respuestas[Pide], Fin>>
}

/**
 * How an order ends: from Pendiente, by a purpose that is on disk first and is never
 * replaced by another one, to the end that inventario's answer decides, whatever was intended.
 */
export const caminos = {
  completar: {
    quien: ['personal', 'servicio'],
    pide: 'confirmar',
    fines: {
      confirmada: { estado: 'Completado', querido: true },
      cerrada: {
        estado: 'Cancelado',
        motivo: 'La reserva de existencias ya no estaba vigente al completar el pedido.',
      },
      // As after a restore.
      inexistente: {
        estado: 'Cancelado',
        motivo: 'No había ninguna reserva de existencias para el pedido.',
      },
    },
  },
  cancelar: {
    quien: ['cliente', 'personal'],
    pide: 'liberar',
    fines: {
      liberada: { estado: 'Cancelado', querido: true },
      confirmada: { estado: 'Completado' },
    },
  },
  expirar: {
    quien: ['sistema'],
    pide: 'liberar',
    fines: {
      liberada: {
        estado: 'Cancelado',
        querido: true,
        motivo: 'La reserva de existencias venció antes de completarse el pedido.',
      },
      confirmada: { estado: 'Completado' },
    },
  },
} as const satisfies Record<PropositoFinal, Camino<'confirmar'> | Camino<'liberar'>>

/** The purpose by which somebody has an order end so. */
export const propositoDe = {
  Completado: 'completar',
  Cancelado: 'cancelar',
} as const satisfies Record<EstadoFinal, PropositoFinal>

export const puede = (quien: Quien, proposito: PropositoFinal): boolean =>
  caminos[proposito].quien.some((uno) => uno === quien)

/** That an order should end, whose wish it is and why. */
export type Deseo = Pick<Intencion, 'actor' | 'motivo'> & { readonly proposito: PropositoFinal }

/** How an order ended, and what its history says of it. */
export interface Desenlace {
  readonly estado: EstadoFinal
  readonly motivo: string | null
  readonly actor: string
}

/** @throws Error for an answer that this purpose does not ask for */
export function desenlace({ proposito, actor, motivo }: Deseo, respuesta: Respuesta): Desenlace {
  const fines: Partial<Record<Respuesta, Fin>> = caminos[proposito].fines
  const fin = fines[respuesta]
  if (!fin) throw new Error(`${respuesta} answers no question of ${proposito}`)
  const propio = fin.querido && fin.estado === 'Cancelado' ? motivo : null
  return {
    estado: fin.estado,
    motivo: fin.motivo ?? propio,
    actor: fin.querido ? actor : sistema,
  }
}
