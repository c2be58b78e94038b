import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { cliente, pedir } from '../../api.ts'
import { deCorreo } from '../../formularios/campos-persona.ts'
import { Campo, Formulario } from '../../formularios/campos.tsx'
import { campoDe, useFormulario } from '../../formularios/formulario.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { enlaceTexto, Hoja } from './hoja.tsx'

export function OlvidoPage() {
  const t = useTextos()
  const [enviado, setEnviado] = useState(false)
  const formulario = useFormulario({
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
        <Formulario de={formulario} boton={t.olvido.boton} size="large">
          <p className="text-suave">{t.olvido.texto}</p>
          <Campo label={t.entrar.correo} {...deCorreo} />
        </Formulario>
      )}
    </Hoja>
  )
}
