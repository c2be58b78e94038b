import { claveSku } from '@encargo/service-kit/values/sku'
import { compactar, palabrasPlegadas, plegar, raiz } from '@encargo/service-kit/values/search-words'

interface Buscado {
  readonly id: string
  readonly sku: string
  readonly nombre: string
}

const unicoDe = (hallados: readonly Buscado[]) => (hallados.length === 1 ? hallados[0] : undefined)

/**
 * Which of what was found is plainly meant: who has that SKU, also without what separates its letters;
 * then who is called so; then the only one with all those words in its name. What only mentions
 * them, or is spelled nearly so, nobody meant for certain.
 */
export function claramente(q: string, hallados: readonly Buscado[]): string | undefined {
  const palabras = palabrasPlegadas(q).map(raiz)
  if (palabras.length === 0) return undefined
  const llamados = hallados.filter(({ nombre }) => {
    const suyas = new Set(palabrasPlegadas(nombre).map(raiz))
    return palabras.every((palabra) => suyas.has(palabra))
  })
  const uno =
    unicoDe(hallados.filter(({ sku }) => claveSku(sku) === claveSku(q))) ??
    unicoDe(hallados.filter(({ sku }) => compactar(sku) === compactar(q))) ??
    unicoDe(llamados.filter(({ nombre }) => plegar(nombre) === plegar(q))) ??
    unicoDe(llamados)
  return uno?.id
}
