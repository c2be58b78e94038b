const navegadores = [
  ['Firefox', /Firefox\//],
  ['Edge', /Edg\//],
  ['Opera', /OPR\//],
  ['Chrome', /Chrom(?:e|ium)\//],
  ['Safari', /Safari\//],
] as const
const sistemas = [
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const

/** `Firefox · Linux` of a `User-Agent`; its own text where it is none of these; null for none. */
export function dispositivoDe(agente: string | null): string | null {
  if (agente === null) return null
  const cual = (lista: readonly (readonly [string, RegExp])[]) =>
    lista.find(([, patron]) => patron.test(agente))?.[0]
  const partes = [cual(navegadores), cual(sistemas)].filter((una) => una !== undefined)
  return partes.length > 0 ? partes.join(' · ') : agente.slice(0, 60)
}
