/** What a parameter may hold, on every engine alike: moments are integers, truth is 0 or 1. */
export type Value = string | number | Uint8Array | null

/** One text that every engine understands, or one for each. Its parameters are `?1`, `?2`, ... */
export type SqlText = string | { readonly sqlite: string; readonly postgres: string }

/** What a script stops at: a question, several at once, or nothing (a bare `yield`, to let others work). */
export type Stop = Asked<unknown> | readonly Asked<unknown>[] | Last | void

/**
 * Work in a transaction: it stops at each question and goes on with the answer. It may be run again
 * from its beginning, so it changes nothing but the database, and makes its questions where it asks
 * them. When a statement fails it must not go on, other than to throw: not every engine lets it.
 */
export type Script<T> = Generator<Stop, T, unknown>

/** Answers a question at once. Throws what the statement throws. */
export type Answer = <T>(asked: Asked<T>) => T

/** Set for one synchronous stretch of a script, on an engine that need not wait for answers. */
let answer: Answer | undefined
/** How many were made in this stretch and not asked: statements that somebody believes to have run. */
let unasked = 0
/** Whether a stretch of a script is running: nobody else can ask then. */
let going = false

/** Whether a script is running at this moment, on an engine whose answers have to be waited for. */
export const isGoing = () => going

/** Runs what belongs to a script, such as what makes it. */
export function inScript<R>(work: () => R): R {
  const outer = going
  going = true
  try {
    return work()
  } finally {
    going = outer
  }
}

/** Runs a script to its next bare `yield` or its end, answering its questions at once. */
export function advance<T>(
  script: Script<T> | Asked<T>,
  answering: Answer,
): IteratorResult<Stop, T> {
  const [outerAnswer, outerUnasked] = [answer, unasked]
  answer = answering
  unasked = 0
  try {
    const step = script.next()
    if (unasked > 0) throw new TypeError(forgotten)
    return step
  } finally {
    answer = outerAnswer
    unasked = outerUnasked
  }
}

const forgotten = 'a script made a statement without asking it by yield*'

/** Takes a script from question to question, on an engine whose answers have to be waited for. */
export class Course<T> {
  readonly #script: Script<T> | Asked<T>
  /** Where this one left the count: others go on meanwhile. */
  #unasked = 0

  constructor(script: Script<T> | Asked<T>) {
    this.#script = script
  }

  /** Goes on with an answer, to the next question or the end. */
  go(told?: unknown): IteratorResult<Stop, T> {
    return this.#stretch(() => {
      const step = this.#script.next(told)
      if (step.done && unasked > 0) throw new TypeError(forgotten)
      return step
    })
  }

  /** Throws what a question failed with where it was asked, and then what comes out of the script. */
  fail(error: unknown): never {
    this.#stretch(() => this.#script.throw(error))
    throw new TypeError('a script went on after a statement had failed', { cause: error })
  }

  #stretch<R>(work: () => R): R {
    const outer = unasked
    unasked = this.#unasked
    try {
      return inScript(work)
    } finally {
      this.#unasked = unasked
      unasked = outer
    }
  }
}

/** An answer that is there at once is taken before the next is asked for: one object brings all. */
const atOnce: { done: true; value: unknown } = { done: true, value: undefined }

function answered<T>(value: T): IteratorReturnResult<T> {
  atOnce.value = value
  return atOnce as IteratorReturnResult<T>
}

/** A statement with its parameters. Nothing is done before a script does `yield*` with it, once. */
export class Asked<T> implements Iterator<Stop, T, unknown> {
  readonly statement: Sql
  readonly kind: 'all' | 'get' | 'run'
  readonly params: readonly Value[]
  #sent = false

  constructor(statement: Sql, kind: 'all' | 'get' | 'run', params: readonly Value[]) {
    this.statement = statement
    this.kind = kind
    this.params = params
    if (answer || going) unasked++
  }

  [Symbol.iterator](): this {
    return this
  }

  next(told?: unknown): IteratorResult<Stop, T> {
    if (answer) {
      unasked--
      return answered(answer(this))
    }
    if (this.#sent) return { done: true, value: told as T }
    this.#sent = true
    unasked--
    return { done: false, value: this }
  }

  /** Fails, where the script asked it. */
  throw(error: unknown): IteratorResult<Stop, T> {
    throw error
  }
}

type Answers<A extends readonly Asked<unknown>[]> = {
  -readonly [K in keyof A]: A[K] extends Asked<infer T> ? T : never
}

/** The last questions of a script. */
export class Last {
  readonly asked: readonly Asked<unknown>[]

  constructor(asked: readonly Asked<unknown>[]) {
    this.asked = asked
  }
}

class Together<A extends readonly Asked<unknown>[]> implements Iterator<Stop, Answers<A>, unknown> {
  readonly #asked: A
  readonly #last: boolean
  #sent = false

  constructor(asked: A, last: boolean) {
    this.#asked = asked
    this.#last = last
  }

  [Symbol.iterator](): this {
    return this
  }

  next(told?: unknown): IteratorResult<Stop, Answers<A>> {
    if (answer) {
      unasked -= this.#asked.length
      return answered(this.#asked.map(answer) as Answers<A>)
    }
    if (this.#sent) return { done: true, value: told as Answers<A> }
    this.#sent = true
    unasked -= this.#asked.length
    return { done: false, value: this.#last ? new Last(this.#asked) : this.#asked }
  }

  /** Fails, where the script asked them. */
  throw(error: unknown): IteratorResult<Stop, Answers<A>> {
    throw error
  }
}

/**
 * Asks several questions, in this order, of which none needs another's answer: one way to the
 * database and back where that costs something. `yield*` gives their answers.
 */
export const together = <const A extends readonly Asked<unknown>[]>(...asked: A) =>
  new Together(asked, false)

/**
 * The same, of a write that asks nothing after it and throws nothing more: where a way to the database costs
 * something, its commit goes along.
 */
export const last = <const A extends readonly Asked<unknown>[]>(...asked: A) =>
  new Together(asked, true)

let slots = 0
const changing =
  /\b(?:INSERT|REPLACE)\s+(?:OR\s+\w+\s+)?INTO\b|\bUPDATE\b.+?\bSET\b|\bDELETE\s+FROM\b/is

/**
 * What SQLite's text is on PostgreSQL: a list of texts, or of numbers, that comes as JSON, which is looked up
 * by an index where it is said by `IN`; and without what only tells SQLite's planner which way to go. All
 * else that differs has a text for each.
 */
const forPostgres = (text: string) =>
  text
    .replaceAll(
      /\bSELECT value FROM json_each\((\?\d+)\)/g,
      'SELECT jsonb_array_elements_text($1::text::jsonb) AS value',
    )
    .replaceAll(
      /\bSELECT CAST\(value AS bigint\) FROM json_each\((\?\d+)\)/g,
      'SELECT jsonb_array_elements_text($1::text::jsonb)::bigint AS value',
    )
    .replaceAll(/\bIN \((SELECT jsonb_array_elements_text\([^()]+\)[^()]*)\)/g, '= ANY(ARRAY($1))')
    .replaceAll(/ INDEXED BY \w+/g, '')
    .replaceAll(/\bCROSS JOIN( (?:\w+|\([^()]*\))(?: (?:AS )?\w+)? ON\b)/g, 'JOIN$1')

/** The text of a statement. */
export class Sql {
  readonly sqlite: string
  readonly postgres: string
  /** Where a connection keeps what it has made of it. */
  readonly slot = slots++
  /** Whether it changes rows: then it is for writes only. */
  readonly changes: boolean

  constructor(text: SqlText) {
    const { sqlite, postgres } = typeof text === 'string' ? { sqlite: text, postgres: text } : text
    this.sqlite = sqlite
    this.postgres = forPostgres(postgres).replaceAll(/\?(\d+)/g, '$$$1')
    this.changes = changing.test(sqlite)
  }
}

/** A statement whose rows are `R` and whose parameters, in the order of their numbers, `P`. */
export class Statement<R, P extends readonly Value[]> extends Sql {
  all(...params: P): Asked<readonly R[]> {
    return new Asked(this, 'all', params)
  }

  /** The first row, if there is one. */
  get(...params: P): Asked<R | undefined> {
    return new Asked(this, 'get', params)
  }

  /** The number of rows that it changed, without those that its triggers did. */
  run(...params: P): Asked<number> {
    return new Asked(this, 'run', params)
  }
}

/**
 * A statement of a store, as a constant of its module; each connection prepares it once.
 *
 *     const take = statement<never, [cantidad: number, id: string]>(
 *       'UPDATE existencias SET cantidad = cantidad - ?1 WHERE id = ?2 AND cantidad >= ?1',
 *     )
 */
export function statement<R, P extends readonly Value[]>(text: SqlText): Statement<R, P> {
  return new Statement<R, P>(text)
}
