import { type Asked, Course, Last, type Script, type Stop, type Value } from '../script.ts'
import type { Client, Result } from './client.ts'
import { failureOf } from './failures.ts'

/** Numbers of types (https://www.postgresql.org/docs/current/catalog-pg-type.html) that need a hand. */
const bool = 16
const int8 = 20

/** What SQLite has no equal to, and what it is to be cast to. */
const strange: Readonly<Record<number, readonly [name: string, cast: string]>> = {
  114: ['json', 'text'],
  1009: ['text[]', 'text'],
  1082: ['date', 'text'],
  1114: ['timestamp', 'text'],
  1184: ['timestamptz', 'text'],
  1700: ['numeric', 'bigint'],
  3802: ['jsonb', 'text'],
}

/** An answer in SQLite's representation: integers are numbers, truth is 0 or 1. */
export function answerOf({ kind }: Asked<unknown>, result: Result): unknown {
  if (kind === 'run') return result.count
  for (const { name, type } of result.columns ?? []) {
    const [kindOf, cast] = strange[type] ?? []
    if (cast) throw new TypeError(`the column ${name} is ${kindOf}: cast it to ${cast}`)
    if (type !== int8 && type !== bool) continue
    for (const row of result) if (row[name] !== null) row[name] = Number(row[name])
  }
  // The driver's own kind of array is not equal to one.
  return kind === 'get' ? result[0] : [...result]
}

/** What the last of the results say to the questions. */
const answersOf = (asked: readonly Asked<unknown>[], results: readonly Result[]) => {
  const from = results.length - asked.length
  return asked.map((one, n) => answerOf(one, results[from + n] as Result))
}

/** How a transaction is to be ended, by whoever asks last in it. */
export interface Ending {
  readonly text: string
  /** Is told before it is sent. */
  begins(): void
  /** Is told that it undid all, as a statement before it had failed. */
  failed(): void
  /** @throws when it did not do what it was to do */
  succeeded(result: Result | undefined): void
}

/**
 * What is said over one connection. Statements that nobody waits for go ahead of the next that somebody
 * does: both are one way to the server and back.
 */
export class Talk {
  readonly #client: Client
  readonly #waiting: () => void
  #ahead: Promise<Result>[] = []
  /** Whether the server is known to be there: it has answered. */
  #answered: boolean

  /** @param waiting is told each time that somebody waits for the server */
  constructor(client: Client, waiting: () => void, proven = false) {
    this.#client = client
    this.#waiting = waiting
    this.#answered = proven
  }

  /** Sends a statement and goes on; if it fails, whoever waits next is told. */
  ahead(text: string, params?: readonly Value[]): void {
    const sent = this.#client.query(text, params)
    sent.catch(() => undefined)
    this.#ahead.push(sent)
  }

  /** Sends a statement and waits for it, and for all that went ahead. */
  async say(text: string, params?: readonly Value[]): Promise<Result> {
    this.ahead(text, params)
    return (await this.#arrived()).at(-1) as Result
  }

  /** Asks what a script stopped at; with an ending, the last of it ends the transaction. */
  async ask(stop: Exclude<Stop, void>, ending?: Ending): Promise<unknown> {
    if (stop instanceof Last) {
      // What is sent over a connection that died of idleness is lost with it: its end would be in doubt.
      const safe = ending && this.#answered
      return safe ? await this.#askLast(stop.asked, ending) : await this.ask(stop.asked)
    }
    const several = Array.isArray(stop)
    const asked = (several ? stop : [stop]) as readonly Asked<unknown>[]
    if (asked.length === 0) return []
    for (const { statement, params } of asked) this.ahead(statement.postgres, params)
    const answers = answersOf(asked, await this.#arrived())
    return several ? answers : answers[0]
  }

  async #askLast(asked: readonly Asked<unknown>[], ending: Ending): Promise<unknown[]> {
    ending.begins()
    for (const { statement, params } of asked) this.ahead(statement.postgres, params)
    this.ahead(ending.text)
    const sent = this.#ahead
    this.#ahead = []
    this.#waiting()
    const results: Result[] = []
    const errors: unknown[] = []
    for (const end of await Promise.allSettled(sent)) {
      if (end.status === 'fulfilled') results.push(end.value)
      else errors.push(end.reason)
    }
    const failure = errors.find(failureOf)
    if (failure) throw failure
    if (errors.length > 0) {
      ending.failed()
      throw errors[0]
    }
    ending.succeeded(results.pop())
    return answersOf(asked, results)
  }

  /** All that is under way, in its order; the first that failed is what went wrong. */
  async #arrived(): Promise<Result[]> {
    const sent = this.#ahead
    this.#ahead = []
    this.#waiting()
    const results: Result[] = []
    for (const one of sent) results.push(await one)
    this.#answered = true
    return results
  }

  /**
   * Takes a script to its end. What a question fails with is thrown where the script asked it, unless it is
   * the database that failed; the script must not go on then, as its transaction can't.
   */
  async run<T>(script: Script<T> | Asked<T>, ending?: Ending): Promise<T> {
    const course = new Course(script)
    let step = course.go()
    while (!step.done) {
      if (step.value === undefined) {
        step = course.go()
        continue
      }
      let answer: unknown
      try {
        answer = await this.ask(step.value, ending)
      } catch (error) {
        if (failureOf(error)) throw error
        course.fail(error)
      }
      const wasLast = step.value instanceof Last
      step = course.go(answer)
      if (wasLast && !step.done) throw new TypeError('a script went on after its last questions')
    }
    return step.value
  }
}
