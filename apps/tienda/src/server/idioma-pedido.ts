import { weightsOf } from '@encargo/service-kit/http/edge/encodings'
import { idiomaEntre } from '../textos/idioma-entre.ts'
import type { Idioma } from '../textos/tipo.ts'

/** The language of the page for somebody whose browser says `Accept-Language` (RFC 9110, 12.5.4). */
export function idiomaPedido(cabecera: string | null): Idioma {
  if (cabecera === null) return 'es'
  const pesos = [...weightsOf(cabecera)].filter(([, peso]) => peso > 0)
  return idiomaEntre(pesos.toSorted(([, a], [, b]) => b - a).map(([lengua]) => lengua))
}
