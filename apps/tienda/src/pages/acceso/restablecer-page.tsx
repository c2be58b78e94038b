import { Link, useNavigate } from '@tanstack/react-router'
import { cliente, pedir } from '../../api.ts'
import { deContrasenaNueva } from '../../formularios/campos-persona.ts'
import { Campo, Formulario } from '../../formularios/campos.tsx'
import { campoDe, porCodigo, useFormulario } from '../../formularios/formulario.ts'
import { useTextos } from '../../textos/idioma.ts'
import { toast } from '../../ui/toast.tsx'
import { CampoCodigo } from './codigo.tsx'
import { enlaceTexto, Hoja } from './hoja.tsx'

export function RestablecerPage() {
  const t = useTextos()
  const navegar = useNavigate()
  const formulario = useFormulario({
    async enviar(datos) {
      const cuerpo = { token: campoDe(datos, 'token'), nueva: String(datos.get('nueva')) }
      await pedir(cliente().auth.password.restablecer.post(cuerpo))
      toast(t.restablecer.hecho, { forNextPage: true })
      await navegar({ to: '/entrar', replace: true })
    },
    explicar: porCodigo({ 'token-invalido': { campo: 'token', mensaje: t.restablecer.tokenMalo } }),
  })
  return (
    <Hoja
      titulo={t.restablecer.titulo}
      pie={
        <Link to="/olvido" className={enlaceTexto}>
          {t.entrar.olvido}
        </Link>
      }
    >
      <Formulario de={formulario} boton={t.restablecer.boton} size="large">
        <CampoCodigo />
        <Campo
          label={t.restablecer.nueva}
          name="nueva"
          hint={t.registro.contrasenaPista}
          {...deContrasenaNueva}
        />
      </Formulario>
    </Hoja>
  )
}
