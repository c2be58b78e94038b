import { useFormato } from '../../textos/formato.ts'
import { problemaDe } from '../../api.ts'
import { type Preparada, rechazada, type Reparos } from '../../formularios/subida-imagen.tsx'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { encoger, esPequena } from './encoger.ts'
import { useTextosEdicion } from './textos-edicion.ts'

const tipos = ['image/png', 'image/jpeg', 'image/webp', 'image/avif']
const maximoBytes = 2 * 1024 * 1024

export const tiposDeImagen = tipos.join(',')

/** What telephones of some makes write; not every system tells its type. */
const esHeic = ({ type, name }: File) =>
  /^image\/hei[cf]/.test(type) || (type === '' && /\.hei[cf]$/i.test(name))

/** Makes a picture ready to be sent; says in words why it cannot, or why the service would not have it. */
export function useReparosImagen(): Reparos {
  const textos = useTextos()
  const { imagen: t } = useTextosEdicion()
  const { tamano } = useFormato()
  return {
    async preparar(archivo: File): Promise<Preparada> {
      const heic = esHeic(archivo)
      if (!heic && !tipos.includes(archivo.type)) return rechazada(t.tipoMal)
      if (archivo.size === 0) return rechazada(t.vacia)
      if (!heic && esPequena(archivo)) return { tipo: 'lista', archivo }
      const encogida = await encoger(archivo)
      if (heic && !encogida) return rechazada(t.heic)
      // What this browser cannot read, the service may.
      const final = encogida ?? archivo
      if (final.size > maximoBytes) return rechazada(t.grande(tamano(final.size)))
      return { tipo: 'lista', archivo: final }
    },
    despues(error: unknown, { size }: File): string {
      const codigo = problemaDe(error)?.codigo
      if (codigo === 'tipo-no-admitido') return t.contenidoMal
      if (codigo === 'cuerpo-demasiado-grande') return t.grande(tamano(size))
      return textoDeFallo(textos, error)
    },
  }
}
