import { weightsOf } from '@encargo/service-kit/http/edge/encodings'
import { idiomaEntre } from '../textos/idioma-entre.ts'
import type { Idioma } from '../textos/tipo.ts'

/**
 * The language of the page for somebody whose browser says `Accept-Language` (RFC 9110, 12.5.4).
 *
 * @param propio the shop's own, for whoever reads none that it has
 */
export function idiomaPedido(cabecera: string | null, propio: Idioma): Idioma {
  if (cabecera === null) return propio
  const pesos = [...weightsOf(cabecera)].filter(([, peso]) => peso > 0)
  return idiomaEntre(
    pesos.toSorted(([, a], [, b]) => b - a).map(([lengua]) => lengua),
    propio,
  )
}
