import type { Banco, Caso } from './banco.ts'
import { abrir } from './casos/abrir.ts'
import { autorizar } from './casos/autorizar.ts'
import { avisos } from './casos/avisos.ts'
import { devolver } from './casos/devolver.ts'
import { disputas } from './casos/disputas.ts'
import { importes } from './casos/importes.ts'
import { listar } from './casos/listar.ts'
import { pagar } from './casos/pagar.ts'
import { red } from './casos/red.ts'

/** What every provider has to be right about, whoever made it. */
export const casos: readonly Caso[] = [
  ...abrir,
  ...pagar,
  ...devolver,
  ...disputas,
  ...autorizar,
  ...importes,
  ...red,
  ...avisos,
  ...listar,
]

/** Tries one case on a provider of its own, and rejects with what was not right. */
export async function probar(caso: Caso, abrirBanco: () => Promise<Banco>): Promise<void> {
  const banco = await abrirBanco()
  try {
    await caso.run(banco)
  } finally {
    await banco.sanar()
    await banco.cerrar()
  }
}
