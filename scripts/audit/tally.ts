import { type Discrepancy, type InvariantId, type InvariantResult, invariants } from './report.ts'

interface Count {
  checked: number
  wrong: number
  readonly waiting: Map<string, number>
  readonly lines: Discrepancy[]
}

const ids = Object.keys(invariants) as InvariantId[]

/** Counts everything and keeps a bounded number of lines, however much is wrong. */
export class Tally {
  readonly #linesEach: number
  readonly #counts = new Map<InvariantId, Count>()
  readonly #notices = new Map<string, { count: number; examples: string[] }>()

  constructor(linesEach: number) {
    this.#linesEach = linesEach
  }

  checked(invariant: InvariantId, count: number): void {
    this.#of(invariant).checked += count
  }

  inFlight(invariant: InvariantId, reason: string, count = 1): void {
    const { waiting } = this.#of(invariant)
    waiting.set(reason, (waiting.get(reason) ?? 0) + count)
  }

  wrong(invariant: InvariantId, subject: string, what: string, remedy: string | null = null): void {
    const count = this.#of(invariant)
    count.wrong++
    if (count.lines.length < this.#linesEach) {
      count.lines.push({ invariant, subject, what, remedy })
    }
  }

  /** Notices of one kind are told as one, with a few examples. */
  notice(kind: string, example: string): void {
    const known = this.#notices.get(kind) ?? { count: 0, examples: [] }
    known.count++
    if (known.examples.length < 3) known.examples.push(example)
    this.#notices.set(kind, known)
  }

  get results(): InvariantResult[] {
    return ids.map((id) => {
      const { checked, wrong, waiting } = this.#of(id)
      const inFlight = [...waiting.values()].reduce((sum, count) => sum + count, 0)
      return { id, title: invariants[id], checked, inFlight, wrong }
    })
  }

  get discrepancies(): Discrepancy[] {
    return ids.flatMap((id) => this.#of(id).lines)
  }

  get waiting() {
    return ids.flatMap((invariant) =>
      [...this.#of(invariant).waiting].map(([reason, count]) => ({ invariant, reason, count })),
    )
  }

  get notices(): string[] {
    return [...this.#notices].map(([kind, { count, examples }]) => {
      const more = count > examples.length ? ', ...' : ''
      return `${kind}: ${count} (${examples.join(', ')}${more})`
    })
  }

  #of(id: InvariantId): Count {
    const known = this.#counts.get(id)
    if (known) return known
    const fresh: Count = { checked: 0, wrong: 0, waiting: new Map(), lines: [] }
    this.#counts.set(id, fresh)
    return fresh
  }
}
