import { useTextos } from '../textos/idioma.ts'
import { useCara } from './de-la-pagina.ts'

/** What the shop calls itself; a shop without a name is one all the same. */
export function useNombre(): string {
  const { nombre } = useCara()
  const { marca } = useTextos()
  return nombre ?? marca
}
