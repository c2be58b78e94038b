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
