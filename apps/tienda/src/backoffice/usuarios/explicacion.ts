import { problemaDe } from '../../api.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosUsuarios } from '../textos/usuarios.ts'

/** What auth has against a change of an account, in words that help. */
export function useExplicacion() {
  const t = useTextosGestion(textosUsuarios)
  return (error: unknown): { campo?: string; mensaje: string } | undefined => {
    switch (problemaDe(error)?.codigo) {
      case 'ultimo-admin':
        return { mensaje: t.ultimoAdmin }
      case 'prohibido':
        return { mensaje: t.yaNoAdmin }
      case 'version-distinta':
        return { mensaje: t.otroPrimero }
      case 'cedula-en-uso':
        return { campo: 'cedula', mensaje: t.cedulaEnUso }
      default:
        return undefined
    }
  }
}
