import { type Engine, type Script, type Statement, together } from '@encargo/storage'
import { StartError } from './start-error.ts'

/**
 * Amounts are numbers in the minor unit of the currency that they were written in: under another name
 * they would be other amounts.
 * @throws StartError unless `given` is what the amounts in `file` are in
 */
export function sameCurrency(file: string, kept: string, given: string): void {
  if (kept === given) return
  throw new StartError(
    `MONEDA is ${given}, but the amounts in ${file} are in ${kept}: set MONEDA=${kept}, or begin with a new DATA_DIR`,
  )
}

/** Where a service keeps which currency its amounts are in. */
export interface KeptCurrency {
  readonly leer: Statement<{ valor: string }, []>
  /** Finds something when there are amounts. */
  readonly alguno: Statement<unknown, []>
  readonly fijar: Statement<never, [valor: string]>
}

/**
 * The first amount decides the currency of all of them. A database that does not know its own yet, from
 * before this was kept, has been read in the currency that is set now. `file` names it to people.
 * @throws StartError when its amounts are in another one
 */
export async function keepCurrency(
  engine: Engine,
  file: string,
  given: string,
  kept: KeptCurrency,
): Promise<void> {
  const known = (await engine.ask(kept.leer.get()))?.valor
  if (known !== given) await engine.write(() => settle(file, given, kept))
}

/** Looks again: of several that start together, each in its currency, one was first. */
function* settle(file: string, given: string, { leer, alguno, fijar }: KeptCurrency): Script<void> {
  const [known, some] = yield* together(leer.get(), alguno.get())
  if (known && some) sameCurrency(file, known.valor, given)
  yield* fijar.run(given)
}
