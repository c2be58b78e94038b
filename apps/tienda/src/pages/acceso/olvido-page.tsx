import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { cliente, pedir } from '../../api.ts'
import { ErrorGeneral } from '../../formularios/error-general.tsx'
import { campoDe, useFormulario } from '../../formularios/formulario.ts'
import { correoMaximo } from '../../formularios/limites.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { enlaceTexto, Hoja } from './hoja.tsx'

export function OlvidoPage() {
  const t = useTextos()
  const [enviado, setEnviado] = useState(false)
  const { props, errores, general, enviando } = useFormulario({
    async enviar(datos) {
      await pedir(cliente().auth.password.olvido.post({ email: campoDe(datos, 'email') }))
      setEnviado(true)
    },
  })
  return (
    <Hoja
      titulo={t.olvido.titulo}
      pie={
        <Link to="/entrar" className={enlaceTexto}>
          {t.entrar.boton}
        </Link>
      }
    >
      {enviado ? (
        <Notice tone="good" title={t.olvido.enviado} urgent>
          {t.olvido.enviadoTexto}
        </Notice>
      ) : (
        <form {...props} className="flex flex-col gap-4">
          <p className="text-suave">{t.olvido.texto}</p>
          <ErrorGeneral texto={general} />
          <Field
            label={t.entrar.correo}
            name="email"
            type="email"
            autoComplete="username"
            required
            maxLength={correoMaximo}
            error={errores['email']}
          />
          <Button type="submit" size="large" busy={enviando}>
            {t.olvido.boton}
          </Button>
        </form>
      )}
    </Hoja>
  )
}
