import { porCodigo } from '../../formularios/formulario.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosUsuarios } from '../textos/usuarios.ts'

/** What auth has against a change of an account, in words that help. */
export function useExplicacion() {
  const t = useTextosGestion(textosUsuarios)
  return porCodigo({
    'ultimo-admin': { mensaje: t.ultimoAdmin },
    prohibido: { mensaje: t.yaNoAdmin },
    'version-distinta': { mensaje: t.otroPrimero },
    'cedula-en-uso': { campo: 'cedula', mensaje: t.cedulaEnUso },
  })
}
