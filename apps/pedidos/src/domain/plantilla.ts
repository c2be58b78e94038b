/** A name between two pairs of braces, such as `{{numero}}`. */
const hueco = /\{\{\s*([a-z]+)\s*\}\}/g
const primeraLinea = /^(?:Asunto|Subject):[ \t]*(\S[^\r\n]*)\r?\n/

type Valores = Readonly<Record<string, string>>

export interface Rellena {
  /** The first line, where it is `Asunto: …` or `Subject: …` and says something. */
  readonly asunto: string | null
  readonly cuerpo: string
}

const poner = (texto: string, valores: Valores) =>
  texto.replace(hueco, (_, nombre: string) => {
    const valor = Object.hasOwn(valores, nombre) ? valores[nombre] : undefined
    if (valor === undefined) throw new Error(`it names ${nombre}, which there is none of`)
    return valor
  })

/**
 * Puts what is to be said in the place of its names.
 * @param deAsunto what the names of the first line stand for: it is one line of plain text in any template
 * @throws Error for a name that there is none of, or no text
 */
export function rellenar(plantilla: string, valores: Valores, deAsunto = valores): Rellena {
  const texto = plantilla.replace(/^\uFEFF/, '')
  const [linea = '', asunto = ''] = primeraLinea.exec(texto) ?? []
  const resto = poner(texto.slice(linea.length), valores)
  const cuerpo = linea === '' ? resto : resto.trimStart()
  if (cuerpo.trim() === '') throw new Error('there is nothing in it')
  return { asunto: poner(asunto, deAsunto).replace(/\s+/g, ' ').trim() || null, cuerpo }
}
