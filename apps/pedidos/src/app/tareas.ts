import type { Task } from '@encargo/service-kit/obligations/obligation'
import type { Deps } from './deps.ts'

/** How much one transaction may do, so that live requests are never held up. */
const lote = 100
/** How long one follower's turn takes, so that a first start of a large shop is not one long round. */
const seguirMs = 200

async function porLotes(parar: () => boolean, uno: () => Promise<number>): Promise<void> {
  for (let hechos = lote; hechos === lote && !parar();) hechos = await uno()
}

/** Has orders that ran out set out for their end. */
export const vencer = ({ store, clock }: Deps): Task => ({
  tipo: 'vencer',
  turn: (parar) => porLotes(parar, () => store.vencer(clock.epochMs(), lote)),
})

/** Forgets keys and discards whose time is over. */
export const limpiar = ({ store, clock }: Deps): Task => ({
  tipo: 'limpiar',
  turn: (parar) => porLotes(parar, () => store.olvidar(clock.epochMs(), lote)),
})

/** Keeps what is derived from the history up to it, so that who asks for it finds little left to take in. */
export const seguir = ({ store }: Deps): Task[] =>
  store.seguidores.map((seguidor) => ({
    tipo: 'seguir',
    turn: (parar) => seguidor.alDia({ maxMs: seguirMs, parar }),
  }))
