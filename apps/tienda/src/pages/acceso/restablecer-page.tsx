import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { cliente, pedir, problemaDe } from '../../api.ts'
import { ErrorGeneral } from '../../formularios/error-general.tsx'
import { campoDe, useFormulario } from '../../formularios/formulario.ts'
import { contrasenaMaximo, contrasenaMinimo } from '../../formularios/limites.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { enlaceTexto, Hoja } from './hoja.tsx'

/** The mail's link carries the token behind `#`, which no server gets to see. */
const tokenDelEnlace = () => new URLSearchParams(location.hash.slice(1)).get('token') ?? ''

export function RestablecerPage() {
  const t = useTextos()
  const navegar = useNavigate()
  const [token] = useState(tokenDelEnlace)
  const { props, errores, general, enviando } = useFormulario({
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
      <form {...props} className="flex flex-col gap-4">
        <ErrorGeneral texto={general} />
        <Field
          label={t.restablecer.codigo}
          name="token"
          autoComplete="one-time-code"
          defaultValue={token}
          required
          maxLength={512}
          error={errores['token']}
        />
        <Field
          label={t.restablecer.nueva}
          hint={t.registro.contrasenaPista}
          name="nueva"
          type="password"
          autoComplete="new-password"
          required
          minLength={contrasenaMinimo}
          maxLength={contrasenaMaximo}
          error={errores['nueva']}
        />
        <Button type="submit" size="large" busy={enviando}>
          {t.restablecer.boton}
        </Button>
      </form>
    </Hoja>
  )
}
