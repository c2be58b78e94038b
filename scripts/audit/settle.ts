import type { Database } from 'bun:sqlite'
import type { EstadoReserva } from '../../apps/inventario/src/domain/reserva.ts'
import type { Estado, Proposito } from '../../apps/pedidos/src/domain/pedido.ts'
import type { Suspect } from './context.ts'
import { openAlone } from './databases.ts'
import { type Clock, judge, type Pair, type Verdict } from './judge.ts'
import type { Tally } from './tally.ts'

export interface SettleOptions {
  readonly dataDir: string
  readonly clock: () => Clock
  readonly wait: (ms: number) => Promise<void>
  readonly progress: (what: string, done: number) => void
}

/** The pause between two looks, and how many looks a driver gets to mend something. */
const pauseMs = 250
const looks = 12
/** How often an order may change under our eyes before one look gives up on it. */
const attempts = 20

interface OrderRow {
  estado: Estado
  intencion: Proposito | null
  expiraEn: number
  version: number
}

function prepare(pedidos: Database, inventario: Database) {
  return {
    order: pedidos.query<OrderRow, [string]>(
      'SELECT estado, intencion, expira_en AS expiraEn, version FROM pedidos WHERE id = ?',
    ),
    discarded: pedidos.query<{ n: number }, [string]>(
      'SELECT EXISTS (SELECT 1 FROM descartes WHERE id = ?) AS n',
    ),
    reservation: inventario.query<
      { estado: EstadoReserva; expiraEn: number; creadaEn: number },
      [string]
    >(
      `SELECT estado, expira_en AS expiraEn, creada_en AS creadaEn FROM reservas
       WHERE pedido_id = ?`,
    ),
  }
}

type Statements = ReturnType<typeof prepare>

/**
 * Both sides as of one moment. An order never comes back to a state that it has left, so when it
 * reads the same before and after, it was so all the while that its reservation was read.
 */
function readPair({ order, discarded, reservation }: Statements, id: string): Pair | undefined {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = order.get(id)
    const wasDiscarded = discarded.get(id)?.n === 1
    const held = reservation.get(id)
    const after = order.get(id)
    const isDiscarded = discarded.get(id)?.n === 1
    if (Bun.deepEquals(before, after) && wasDiscarded === isDiscarded) {
      return { id, order: after, discarded: isDiscarded, reservation: held }
    }
  }
  return undefined
}

/** One look at each suspect. Answers those that are wrong still, with why. */
function look(
  statements: Statements,
  suspects: readonly Suspect[],
  clock: Clock,
  tally: Tally,
): { suspect: Suspect; verdict: Extract<Verdict, { kind: 'wrong' }> }[] {
  return suspects.flatMap((suspect) => {
    const pair = readPair(statements, suspect.id)
    if (!pair) {
      tally.inFlight(suspect.invariant, 'an order that is changing right now')
      return []
    }
    const verdict = judge(pair, clock)
    if (verdict.kind === 'in-flight') tally.inFlight(suspect.invariant, verdict.reason)
    return verdict.kind === 'wrong' ? [{ suspect, verdict }] : []
  })
}

/**
 * Looks at the suspects again, both sides as of one moment. What a driver would mend is given a few
 * seconds, and more of them for as long as it gets less.
 */
export async function settle(
  suspects: readonly Suspect[],
  tally: Tally,
  options: SettleOptions,
): Promise<void> {
  if (suspects.length === 0) return
  const { dataDir, wait, progress, clock } = options
  const pedidos = openAlone(dataDir, 'pedidos')
  const inventario = openAlone(dataDir, 'inventario')
  try {
    const statements = prepare(pedidos, inventario)
    let left = suspects
    for (let patience = looks; left.length > 0; patience--) {
      progress(`looking again at ${left.length}`, 1 - patience / looks)
      const still = look(statements, left, clock(), tally)
      const mending = still.filter(({ verdict }) => verdict.mends && patience > 0)
      for (const { suspect, verdict } of still) {
        if (verdict.mends && patience > 0) continue
        tally.wrong(suspect.invariant, suspect.subject, verdict.what, verdict.remedy)
      }
      if (mending.length < left.length) patience = Math.min(looks, patience + 1)
      left = mending.map(({ suspect }) => suspect)
      if (left.length > 0) await wait(pauseMs)
    }
  } finally {
    pedidos.close()
    inventario.close()
  }
}
