import { problemaDe } from '../../api.ts'
import { useMedidas } from '../../formularios/medidas.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosEdicion } from './textos-edicion.ts'

const tipos = ['image/png', 'image/jpeg', 'image/webp', 'image/avif']
const maximoBytes = 2 * 1024 * 1024

export const tiposDeImagen = tipos.join(',')

/** Why a picture cannot be taken, in words: before it is sent, and after the service refused it. */
export function useReparosImagen() {
  const textos = useTextos()
  const { imagen: t } = useTextosGestion(textosEdicion)
  const { tamano } = useMedidas()
  return {
    antes({ type, size }: File): string | undefined {
      if (!tipos.includes(type)) return t.tipoMal
      if (size === 0) return t.vacia
      return size > maximoBytes ? t.grande(tamano(size)) : undefined
    },
    despues(error: unknown, { size }: File): string {
      const codigo = problemaDe(error)?.codigo
      if (codigo === 'tipo-no-admitido') return t.contenidoMal
      if (codigo === 'cuerpo-demasiado-grande') return t.grande(tamano(size))
      return textoDeFallo(textos, error)
    },
  }
}
