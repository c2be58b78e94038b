import { problemaDe } from '../../api.ts'
import { type Preparada, rechazada, type Reparos } from '../../formularios/subida-imagen.tsx'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { encoger } from '../productos/encoger.ts'
import { useTextosTienda } from './textos.ts'

/** As auth takes them. Of others, this browser makes one of these if it can read them. */
const tipos = ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml']
const maximoBytes = 512 * 1024

/** Makes a picture of the shop's ready to be sent; says in words why it cannot, or why auth refuses it. */
export function useReparosImagenTienda(): Reparos {
  const textos = useTextos()
  const { imagen: t } = useTextosTienda()
  const { tamano } = useFormato()
  return {
    async preparar(archivo: File): Promise<Preparada> {
      if (archivo.size === 0) return rechazada(t.vacia)
      const admitido = tipos.includes(archivo.type)
      if (admitido && archivo.size <= maximoBytes) return { tipo: 'lista', archivo }
      // A drawing stays one, however large.
      const dibujo = archivo.type === 'image/svg+xml'
      const encogida = dibujo ? archivo : await encoger(archivo)
      if (!encogida) return rechazada(admitido ? t.grande(tamano(archivo.size)) : t.tipoMal)
      if (encogida.size > maximoBytes) return rechazada(t.grande(tamano(encogida.size)))
      return { tipo: 'lista', archivo: encogida }
    },
    despues(error: unknown, { size }: File): string {
      const codigo = problemaDe(error)?.codigo
      if (codigo === 'tipo-no-admitido') return t.contenidoMal
      if (codigo === 'cuerpo-demasiado-grande') return t.grande(tamano(size))
      return textoDeFallo(textos, error)
    },
  }
}
