/** A name between two pairs of braces, such as `{{numero}}`. */
const hueco = /\{\{\s*([a-z]+)\s*\}\}/g

export interface Rellena {
  /** The first line, where it is `Asunto: …` or `Subject: …`. */
  readonly asunto: string | null
  readonly cuerpo: string
}

/**
 * Puts what is to be said in the place of its names.
 * @throws Error for a name that there is none of, or no text
 */
export function rellenar(plantilla: string, valores: Readonly<Record<string, string>>): Rellena {
  const texto = plantilla.replace(/^\uFEFF/, '').replace(hueco, (_, nombre: string) => {
    const valor = Object.hasOwn(valores, nombre) ? valores[nombre] : undefined
    if (valor === undefined) throw new Error(`it names ${nombre}, which there is none of`)
    return valor
  })
  const [, asunto] = /^(?:Asunto|Subject):[ \t]*(\S[^\r\n]*)\r?\n/.exec(texto) ?? []
  const cuerpo = asunto === undefined ? texto : texto.slice(texto.indexOf('\n') + 1).trimStart()
  if (cuerpo.trim() === '') throw new Error('there is nothing in it')
  return { asunto: asunto?.trim() ?? null, cuerpo }
}
