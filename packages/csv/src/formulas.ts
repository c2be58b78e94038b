/**
 * How a spreadsheet tells that a cell is a formula, which could send data away or start a program
 * (OWASP, "CSV injection"); the wide forms are what East Asian keyboards write.
 */
const comoFormula = /^'*[=+\-@\t\r＝＋－＠]/
const protegida = /^'+[=+\-@\t\r＝＋－＠]/

/** The text behind an apostrophe where a spreadsheet would take it for a formula. */
export function desactivarFormula(text: string): string {
  return comoFormula.test(text) ? `'${text}` : text
}

/** Undoes `desactivarFormula`, exactly. */
export function reactivarFormula(text: string): string {
  return protegida.test(text) ? text.slice(1) : text
}
