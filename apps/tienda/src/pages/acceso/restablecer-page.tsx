import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { cliente, pedir, problemaDe } from '../../api.ts'
import { CampoContrasenaNueva } from '../../formularios/campos-persona.tsx'
import { Campo, Formulario } from '../../formularios/campos.tsx'
import { campoDe, useFormulario } from '../../formularios/formulario.ts'
import { useTextos } from '../../textos/idioma.ts'
import { toast } from '../../ui/toast.tsx'
import { enlaceTexto, Hoja } from './hoja.tsx'

/** The mail's link carries the token behind `#`, which no server gets to see. */
const tokenDelEnlace = () => new URLSearchParams(location.hash.slice(1)).get('token') ?? ''

export function RestablecerPage() {
  const t = useTextos()
  const navegar = useNavigate()
  const [token] = useState(tokenDelEnlace)
  const formulario = useFormulario({
    async enviar(datos) {
      const cuerpo = { token: campoDe(datos, 'token'), nueva: String(datos.get('nueva')) }
      await pedir(cliente().auth.password.restablecer.post(cuerpo))
      toast(t.restablecer.hecho)
      await navegar({ to: '/entrar', replace: true })
    },
    explicar: (error) =>
      problemaDe(error)?.codigo === 'token-invalido'
        ? { campo: 'token', mensaje: t.restablecer.tokenMalo }
        : undefined,
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
        <Campo
          label={t.restablecer.codigo}
          name="token"
          autoComplete="one-time-code"
          defaultValue={token}
          required
          maxLength={512}
        />
        <CampoContrasenaNueva label={t.restablecer.nueva} name="nueva" />
      </Formulario>
    </Hoja>
  )
}
