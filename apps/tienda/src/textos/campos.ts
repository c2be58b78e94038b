import type { AnyProblem } from '@encargo/client'
import type { Textos } from './tipo.ts'

type ErrorDeCampo = Extract<AnyProblem, { codigo: 'datos-invalidos' }>['errores'][number]
type Regla = NonNullable<ErrorDeCampo['regla']>

/** How a language says the rules that a field can break; what it leaves out, the service says. */
export type Reglas = Readonly<Partial<Record<Regla, string | ((limite: number) => string)>>>

/** The service's own words are the rest of a sentence that begins with the field: one of its own. */
const comoFrase = (mensaje: string) => `${mensaje.charAt(0).toUpperCase()}${mensaje.slice(1)}.`

/** What a person is told of a field that a service refuses. */
export function textoDeCampo(t: Pick<Textos, 'reglas'>, error: ErrorDeCampo): string {
  const { mensaje, regla, limite } = error
  // A service of a later version may name a rule that we do not know.
  const dicha = regla === undefined ? undefined : t.reglas[regla]
  if (typeof dicha !== 'function') return dicha ?? comoFrase(mensaje)
  return limite === undefined ? comoFrase(mensaje) : dicha(limite)
}
