import { porCodigo } from '../../formularios/formulario.ts'
import { useTextosUsuarios } from '../textos/usuarios.ts'

/** What auth has against a change of an account, in words that help. */
export function useExplicacion() {
  const t = useTextosUsuarios()
  return porCodigo({
    'ultimo-admin': { mensaje: t.ultimoAdmin },
    prohibido: { mensaje: t.yaNoAdmin },
    'version-distinta': { mensaje: t.otroPrimero },
    'email-en-uso': { campo: 'email', mensaje: t.correoEnUso },
    'cedula-en-uso': { campo: 'cedula', mensaje: t.cedulaEnUso },
  })
}
