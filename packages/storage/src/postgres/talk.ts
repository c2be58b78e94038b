import type { Asked, Script, Stop } from '../script.ts'
import type { Client, Result } from './client.ts'

/** Numbers of types (https://www.postgresql.org/docs/current/catalog-pg-type.html) that need a hand. */
const bool = 16
const int8 = 20
const numeric = 1700

/** An answer in SQLite's representation: integers are numbers, truth is 0 or 1. */
function answerOf({ kind }: Asked<unknown>, result: Result): unknown {
  if (kind === 'run') return result.count
  for (const { name, type } of result.columns ?? []) {
    if (type === numeric) throw new TypeError(`the column ${name} is numeric: cast it to bigint`)
    if (type !== int8 && type !== bool) continue
    for (const row of result) if (row[name] !== null) row[name] = Number(row[name])
  }
  // The driver's own kind of array is not equal to one.
  return kind === 'get' ? result[0] : [...result]
}

/**
 * What is said over one connection. Statements that nobody waits for go ahead of the next that somebody
 * does: both are one way to the server and back.
 */
export class Talk {
  readonly #client: Client
  #ahead: Promise<Result>[] = []
  /** How many times somebody has waited for the server. */
  roundTrips = 0

  constructor(client: Client) {
    this.#client = client
  }

  /** Sends a statement and goes on; if it fails, whoever waits next is told. */
  ahead(text: string): void {
    const sent = this.#client.query(text)
    sent.catch(() => undefined)
    this.#ahead.push(sent)
  }

  /** Sends a statement and waits for it, and for all that went ahead. */
  async say(text: string): Promise<Result> {
    this.ahead(text)
    return (await this.#arrived()).at(-1) as Result
  }

  /** Asks what a script stopped at. */
  async ask(stop: Exclude<Stop, void>): Promise<unknown> {
    const several = Array.isArray(stop)
    const asked = (several ? stop : [stop]) as readonly Asked<unknown>[]
    for (const { statement, params } of asked) {
      const sent = this.#client.query(statement.postgres, params)
      sent.catch(() => undefined)
      this.#ahead.push(sent)
    }
    const results = (await this.#arrived()).slice(-asked.length)
    const answers = asked.map((one, n) => answerOf(one, results[n] as Result))
    return several ? answers : answers[0]
  }

  /** All that is under way, in its order; the first that failed is what went wrong. */
  async #arrived(): Promise<Result[]> {
    const sent = this.#ahead
    this.#ahead = []
    if (sent.length > 0) this.roundTrips++
    const results: Result[] = []
    for (const one of sent) results.push(await one)
    return results
  }

  /** Takes a script to its end. What a question fails with is thrown where the script asked it. */
  async run<T>(script: Script<T> | Asked<T>): Promise<T> {
    let step = script.next()
    while (!step.done) {
      const stop = step.value
      if (stop === undefined) {
        step = script.next()
        continue
      }
      let answer: unknown
      try {
        answer = await this.ask(stop)
      } catch (error) {
        step = script.throw(error)
        continue
      }
      step = script.next(answer)
    }
    return step.value
  }
}
