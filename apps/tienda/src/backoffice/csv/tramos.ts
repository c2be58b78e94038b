/** How much of a long text is shown, and how much of it before what changes, in characters. */
const largo = 80
const contexto = 20

function tramo(letras: readonly string[], desde: number): string {
  const hasta = desde + largo
  const texto = letras.slice(desde, hasta).join('')
  return `${desde > 0 ? '…' : ''}${texto}${hasta < letras.length ? '…' : ''}`
}

/** Of two long texts as much as shows where the second one begins to differ. */
export function tramosDe(antes: string, despues: string): readonly [string, string] {
  const [unas, otras] = [[...antes], [...despues]]
  const distinta = unas.findIndex((letra, lugar) => letra !== otras[lugar])
  const desde = Math.max(0, (distinta === -1 ? unas.length : distinta) - contexto)
  const cabe = unas.length <= largo && otras.length <= largo
  return cabe ? [antes, despues] : [tramo(unas, desde), tramo(otras, desde)]
}
